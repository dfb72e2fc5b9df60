package io.github.bpf4j.libbpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** C strings, from and to libbpf and the kernel. */
final class Strings {
  private Strings() {}

  /** A NUL-terminated string; empty for NULL. */
  @SuppressWarnings("restricted") // C tells the length by the NUL
  static String of(MemorySegment pointer) {
    return pointer.address() == 0 ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
  }

  /** A C string; NULL for null. */
  static MemorySegment orNull(@Nullable String text, SegmentAllocator allocator) {
    return text == null ? MemorySegment.NULL : allocator.allocateFrom(text);
  }

  /** An array of C strings. */
  static MemorySegment array(List<String> texts, SegmentAllocator allocator) {
    MemorySegment array = allocator.allocate(ValueLayout.ADDRESS, texts.size());
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ValueLayout.ADDRESS, i, allocator.allocateFrom(texts.get(i)));
    }
    return array;
  }
}
