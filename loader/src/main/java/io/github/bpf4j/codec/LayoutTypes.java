package io.github.bpf4j.codec;

import io.github.bpf4j.ctype.CArray;
import io.github.bpf4j.ctype.CFloat;
import io.github.bpf4j.ctype.CInt;
import io.github.bpf4j.ctype.CMember;
import io.github.bpf4j.ctype.CPointer;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.ctype.CType;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.UnionLayout;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Describes memory layouts as C types. Their integers count as signed, as Java's do. */
final class LayoutTypes {
  private LayoutTypes() {}

  static CStruct struct(GroupLayout layout) {
    List<CMember> members = new ArrayList<>();
    long offset = 0;
    for (MemoryLayout member : layout.memberLayouts()) {
      if (!(member instanceof PaddingLayout)) {
        members.add(new CMember(member.name().orElse(""), type(member), offset * Byte.SIZE, 0));
      }
      if (layout instanceof StructLayout) {
        offset += member.byteSize();
      }
    }
    return new CStruct(
        layout.name().orElse(""), layout instanceof UnionLayout, layout.byteSize(), members);
  }

  private static CType type(MemoryLayout layout) {
    return switch (layout) {
      case GroupLayout group -> struct(group);
      case SequenceLayout sequence ->
          new CArray(type(sequence.elementLayout()), sequence.elementCount());
      case AddressLayout _ -> new CPointer("void");
      case ValueLayout.OfFloat _ -> new CFloat("float", Float.BYTES);
      case ValueLayout.OfDouble _ -> new CFloat("double", Double.BYTES);
      case ValueLayout value ->
          new CInt(
              value.carrier().getName(),
              value.byteSize(),
              value.carrier() != char.class && value.carrier() != boolean.class,
              value.carrier() == boolean.class,
              value.order());
      case PaddingLayout padding -> throw new AssertionError(padding);
    };
  }
}
