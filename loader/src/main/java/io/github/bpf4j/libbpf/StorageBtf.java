package io.github.bpf4j.libbpf;

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
  private static final String STRINGS = "\0int\0char\0";
  private static final int INT_NAME = 1;
  private static final int CHAR_NAME = 5;
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
    int fd = RawBtf.load(types, STRINGS);
    return new Fd(Results.check(fd, "load", "the BTF of a storage"), "BTF");
  }
}
