package io.github.bpf4j.elf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Strings that end in NUL, one after another, named by the offset of their first byte. The last
 * byte is known to be NUL, so that an offset inside the table is all that a lookup has to check.
 */
public final class StringTable {
  /** What decoding puts in the place of bytes that are no UTF-8. */
  private static final char REPLACED = '\ufffd';

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
    return from == to ? "" : decode(bytes, from, to - from);
  }

  /**
   * Two names are the same string only when they are the same bytes, as for libbpf: a byte that is
   * no UTF-8 becomes a character that no other byte, and no UTF-8, becomes.
   */
  private static String decode(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACED) < 0) {
      return text;
    }
    char[] characters = new char[length];
    for (int i = 0; i < length; i++) {
      byte b = bytes[from + i];
      characters[i] = (char) (b < 0 ? Character.MIN_LOW_SURROGATE + (b & 0xff) : b);
    }
    return new String(characters);
  }
}
