package io.github.bpf4j;

import io.github.bpf4j.ctype.CArray;
import io.github.bpf4j.ctype.CEnum;
import io.github.bpf4j.ctype.CInt;
import io.github.bpf4j.ctype.CPointer;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.ctype.CType;
import io.github.bpf4j.object.DataVariable;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * What a variable is made of: elements of one type, a single one where it is no array. Arrays of
 * arrays count as one long array.
 *
 * @param elementSize bytes of an element
 * @param length how many elements
 * @param integer whether the elements are integers of 1, 2, 4 or 8 bytes, each where the processor
 *     reads it at once
 * @param signed whether they may be negative
 * @param bool whether they are 0 or 1
 * @param swapped whether they stand in the other byte order than this machine's
 */
record VariableShape(
    long elementSize, long length, boolean integer, boolean signed, boolean bool, boolean swapped) {

  static VariableShape of(DataVariable variable) {
    CType type = variable.type();
    long length = 1;
    while (type instanceof CArray array) {
      length *= array.length();
      type = array.element();
    }
    // An array without a length takes what its initial values take.
    if (type != null && type.size() > 0 && length == 0) {
      length = variable.size() / type.size();
    }
    if (type == null || type.size() * length != variable.size()) {
      return integers(variable, variable.size(), 1, false, false, false);
    }
    return of(variable, type, length);
  }

  private static VariableShape of(DataVariable variable, CType type, long length) {
    return switch (type) {
      case CInt number ->
          integers(
              variable,
              number.size(),
              length,
              number.signed(),
              number.bool(),
              number.size() > 1 && number.order() != ByteOrder.nativeOrder());
      case CEnum constants ->
          integers(variable, constants.size(), length, constants.signed(), false, false);
      case CPointer pointer -> integers(variable, pointer.size(), length, false, false, false);
      default -> new VariableShape(type.size(), length, false, false, false, false);
    };
  }

  private static VariableShape integers(
      DataVariable variable,
      long size,
      long length,
      boolean signed,
      boolean bool,
      boolean swapped) {
    boolean aligned = size > 0 && variable.offset() % size == 0;
    boolean integer = aligned && (size == 1 || size == 2 || size == 4 || size == 8);
    return new VariableShape(size, length, integer, signed, bool, swapped);
  }

  /** Whether user space may map what holds only this: nothing that the kernel keeps for itself. */
  static boolean isPlain(@Nullable CType type) {
    return switch (type) {
      case null -> true;
      case CArray array -> isPlain(array.element());
      case CPointer _ -> false;
      case CStruct struct ->
          !struct.name().startsWith("bpf_")
              && struct.members().stream().allMatch(member -> isPlain(member.type()));
      default -> true;
    };
  }
}
