package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * The least BTF that describes a storage of so many bytes.
 *
 * <pre>
 *   [1] INT int, 4 bytes, signed     the key: a file descriptor
 *   [2] INT char, 1 byte
 *   [3] ARRAY of char                the value
 * </pre>
 */
final class StorageBtf {
  static final int KEY = 1;
  static final int VALUE = 3;

  private static final int CHAR = 2;
  private static final byte[] STRINGS = "\0int\0char\0".getBytes(StandardCharsets.US_ASCII);
  private static final int INT_NAME = 1;
  private static final int CHAR_NAME = 5;
  private static final int HEADER_BYTES = 24;
  private static final int MAGIC_AND_VERSION = 0x1eb9f;
  private static final int KIND_INT = 1 << 24;
  private static final int KIND_ARRAY = 3 << 24;
  private static final int SIGNED_INT = 1 << 24 | Integer.SIZE;

  private StorageBtf() {}

  static Fd load(int valueSize) {
    int[] types = {
      INT_NAME,
      KIND_INT,
      Integer.BYTES,
      SIGNED_INT,
      CHAR_NAME,
      KIND_INT,
      Byte.BYTES,
      Byte.SIZE,
      0,
      KIND_ARRAY,
      0,
      CHAR,
      KEY,
      valueSize
    };
    int typeBytes = types.length * Integer.BYTES;
    int[] header = {MAGIC_AND_VERSION, HEADER_BYTES, 0, typeBytes, typeBytes, STRINGS.length};
    try (Arena arena = Arena.ofConfined()) {
      int size = HEADER_BYTES + typeBytes + STRINGS.length;
      MemorySegment btf = arena.allocate(size, Integer.BYTES);
      MemorySegment.copy(header, 0, btf, ValueLayout.JAVA_INT, 0, header.length);
      MemorySegment.copy(types, 0, btf, ValueLayout.JAVA_INT, HEADER_BYTES, types.length);
      MemorySegment.copy(
          STRINGS, 0, btf, ValueLayout.JAVA_BYTE, HEADER_BYTES + typeBytes, STRINGS.length);
      int fd = libbpf_h.bpf_btf_load(btf, size, MemorySegment.NULL);
      return new Fd(Results.check(fd, "load", "the BTF of a storage"), "BTF");
    }
  }
}
