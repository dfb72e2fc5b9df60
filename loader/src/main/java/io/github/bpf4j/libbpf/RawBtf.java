package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * BTF put together from words.
 *
 * <pre>
 *   | header 24 bytes | types | strings |
 * </pre>
 *
 * @see <a href="https://docs.kernel.org/bpf/btf.html">BPF Type Format</a>
 */
final class RawBtf {
  private static final int HEADER_BYTES = 24;
  private static final int MAGIC_AND_VERSION = 0x1eb9f;

  private RawBtf() {}

  /**
   * Loads it.
   *
   * @param types all words of all types
   * @param strings their names; begins with a NUL
   * @return a file descriptor or {@code -errno}
   */
  static int load(int[] types, String strings) {
    byte[] names = strings.getBytes(StandardCharsets.US_ASCII);
    int typeBytes = types.length * Integer.BYTES;
    int[] header = {MAGIC_AND_VERSION, HEADER_BYTES, 0, typeBytes, typeBytes, names.length};
    try (Arena arena = Arena.ofConfined()) {
      int size = HEADER_BYTES + typeBytes + names.length;
      MemorySegment btf = arena.allocate(size, Integer.BYTES);
      MemorySegment.copy(header, 0, btf, ValueLayout.JAVA_INT, 0, header.length);
      MemorySegment.copy(types, 0, btf, ValueLayout.JAVA_INT, HEADER_BYTES, types.length);
      MemorySegment.copy(
          names, 0, btf, ValueLayout.JAVA_BYTE, HEADER_BYTES + typeBytes, names.length);
      return libbpf_h.bpf_btf_load(btf, size, MemorySegment.NULL);
    }
  }
}
