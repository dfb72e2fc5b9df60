package io.github.bpf4j.elf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strings that end in NUL, one after another, named by the offset of their first byte. The last
 * byte is known to be NUL, so that an offset inside the table is all that a lookup has to check.
 */
public final class StringTable {
  private final byte[] bytes;
  private final int start;
  private final int size;

  private StringTable(byte[] bytes, int start, int size) {
    this.bytes = bytes;
    this.start = start;
    this.size = size;
  }

  /**
   * A table of {@code size} bytes at {@code start}.
   *
   * @throws io.github.bpf4j.error.BpfObjectFormatException when it is empty or its last string does
   *     not end
   */
  public static StringTable of(byte[] bytes, int start, int size, Place place) {
    if (size == 0) {
      throw place.malformed("no strings", "at least the empty one");
    }
    if (bytes[start + size - 1] != 0) {
      throw place.malformed(size - 1, "the last string does not end", "a NUL byte");
    }
    return new StringTable(bytes, start, size);
  }

  /** All strings with their NULs, a copy. */
  public byte[] bytes() {
    return Arrays.copyOfRange(bytes, start, start + size);
  }

  /** Offsets are below this. */
  public int size() {
    return size;
  }

  /** Whether a string starts, or goes on, at an offset, which counts as unsigned. */
  public boolean contains(int offset) {
    return Integer.compareUnsigned(offset, size) < 0;
  }

  /** The string at an offset that the table contains. */
  public String at(int offset) {
    if (!contains(offset)) {
      throw new IndexOutOfBoundsException(Integer.toUnsignedString(offset));
    }
    int from = start + offset;
    int to = from;
    while (bytes[to] != 0) {
      to++;
    }
    return from == to ? "" : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
