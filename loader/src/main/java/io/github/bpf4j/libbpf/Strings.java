package io.github.bpf4j.libbpf;

import java.lang.foreign.MemorySegment;

/** C strings that libbpf and the kernel return. */
final class Strings {
  private Strings() {}

  /** A NUL-terminated string; empty for NULL. */
  @SuppressWarnings("restricted") // C tells the length by the NUL
  static String of(MemorySegment pointer) {
    return pointer.address() == 0 ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
  }
}
