package io.github.bpf4j.map;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Unsigned integers of 1, 2, 4 and 8 bytes in this machine's byte order, as longs. */
enum UnsignedNumber {
  U8(Byte.BYTES),
  U16(Short.BYTES),
  U32(Integer.BYTES),
  U64(Long.BYTES);

  private final int bytes;

  UnsignedNumber(int bytes) {
    this.bytes = bytes;
  }

  static boolean isSize(int bytes) {
    return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
  }

  static UnsignedNumber of(int bytes) {
    return switch (bytes) {
      case Byte.BYTES -> U8;
      case Short.BYTES -> U16;
      case Integer.BYTES -> U32;
      case Long.BYTES -> U64;
      default -> throw new IllegalArgumentException("no number has " + bytes + " bytes");
    };
  }

  int bytes() {
    return bytes;
  }

  long get(MemorySegment segment, long offset) {
    return switch (this) {
      case U8 -> Byte.toUnsignedLong(segment.get(JAVA_BYTE, offset));
      case U16 -> Short.toUnsignedLong(segment.get(JAVA_SHORT_UNALIGNED, offset));
      case U32 -> Integer.toUnsignedLong(segment.get(JAVA_INT_UNALIGNED, offset));
      case U64 -> segment.get(JAVA_LONG_UNALIGNED, offset);
    };
  }

  /**
   * Writes a number.
   *
   * @throws IllegalArgumentException when it has more bits than there are, with sign or without
   */
  void set(MemorySegment segment, long offset, long number) {
    switch (this) {
      case U8 -> segment.set(JAVA_BYTE, offset, (byte) fitting(number));
      case U16 -> segment.set(JAVA_SHORT_UNALIGNED, offset, (short) fitting(number));
      case U32 -> segment.set(JAVA_INT_UNALIGNED, offset, (int) fitting(number));
      case U64 -> segment.set(JAVA_LONG_UNALIGNED, offset, number);
    }
  }

  private long fitting(long number) {
    long above = number >> (bytes * Byte.SIZE - 1);
    // What is above the sign: all zeros or ones of a signed number, or a single one of an unsigned.
    if (above != 0 && above != -1 && above != 1) {
      throw new IllegalArgumentException(number + " has no room in " + bytes + " bytes");
    }
    return number;
  }
}
