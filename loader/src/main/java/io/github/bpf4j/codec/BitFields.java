package io.github.bpf4j.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Bit-fields of up to 64 bits at any bit.
 *
 * <pre>
 *   little-endian: bit 0 is the lowest of the first byte      big-endian: the highest
 *   byte 0         byte 1                                     byte 0         byte 1
 *   7 6 5 4 3 2 1 0 15 14 …                                   0 1 2 3 4 5 6 7 8 9 …
 * </pre>
 */
final class BitFields {
  private static final boolean BIG = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

  private BitFields() {}

  static long load(long bitOffset, int bits, boolean signed, MemorySegment segment, long start) {
    long first = bitOffset / Byte.SIZE;
    long last = (bitOffset + bits - 1) / Byte.SIZE;
    long value = 0;
    for (long at = first; at <= last; at++) {
      long octet = Byte.toUnsignedLong(segment.get(ValueLayout.JAVA_BYTE, start + at));
      int shift = shift(bitOffset, bits, at);
      value |= shift >= 0 ? octet << shift : octet >>> -shift;
    }
    int unused = Long.SIZE - bits;
    return signed ? value << unused >> unused : value << unused >>> unused;
  }

  /** The bits around it stay as they are. */
  static void store(long bitOffset, int bits, MemorySegment segment, long start, long value) {
    long mask = -1L >>> (Long.SIZE - bits);
    long first = bitOffset / Byte.SIZE;
    long last = (bitOffset + bits - 1) / Byte.SIZE;
    for (long at = first; at <= last; at++) {
      int shift = shift(bitOffset, bits, at);
      long own = shift >= 0 ? mask >>> shift : mask << -shift;
      long set = shift >= 0 ? (value & mask) >>> shift : (value & mask) << -shift;
      byte before = segment.get(ValueLayout.JAVA_BYTE, start + at);
      segment.set(ValueLayout.JAVA_BYTE, start + at, (byte) ((before & ~own) | set));
    }
  }

  /** How far left the byte's bits stand in the value; negative: right. */
  private static int shift(long bitOffset, int bits, long at) {
    return (int) (BIG ? bitOffset + bits - (at + 1) * Byte.SIZE : at * Byte.SIZE - bitOffset);
  }
}
