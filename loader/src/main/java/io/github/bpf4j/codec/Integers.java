package io.github.bpf4j.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Integers: a class for each width, so that calls can be inlined. */
final class Integers {
  static final Codec<Integer> U8 = new U8();
  static final Codec<Byte> S8 = new S8();
  static final Codec<Short> S16 = new S16();
  static final Codec<Integer> S32 = new S32();

  private Integers() {}

  static Codec<Integer> u16(ByteOrder order) {
    return new U16(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order));
  }

  static Codec<Long> u32(ByteOrder order) {
    return new U32(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order));
  }

  static Codec<Long> u64(ByteOrder order) {
    return new U64(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order));
  }

  /** A byte with sign. */
  private record S8() implements Codec<Byte> {
    @Override
    public int size() {
      return Byte.BYTES;
    }

    @Override
    public Byte read(MemorySegment segment, long offset) {
      return segment.get(ValueLayout.JAVA_BYTE, offset);
    }

    @Override
    public void write(MemorySegment segment, long offset, Byte value) {
      segment.set(ValueLayout.JAVA_BYTE, offset, value);
    }
  }

  /** Two bytes with sign. */
  private record S16() implements Codec<Short> {
    @Override
    public int size() {
      return Short.BYTES;
    }

    @Override
    public Short read(MemorySegment segment, long offset) {
      return segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset);
    }

    @Override
    public void write(MemorySegment segment, long offset, Short value) {
      segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, value);
    }
  }

  /** One byte without sign. */
  private record U8() implements Codec<Integer> {
    @Override
    public int size() {
      return Byte.BYTES;
    }

    @Override
    public Integer read(MemorySegment segment, long offset) {
      return Byte.toUnsignedInt(segment.get(ValueLayout.JAVA_BYTE, offset));
    }

    @Override
    public void write(MemorySegment segment, long offset, Integer value) {
      segment.set(ValueLayout.JAVA_BYTE, offset, (byte) Range.require(value, 0, 0xff, Byte.BYTES));
    }
  }

  /** Two bytes without sign. */
  private record U16(ValueLayout.OfShort layout) implements Codec<Integer> {
    @Override
    public int size() {
      return Short.BYTES;
    }

    @Override
    public Integer read(MemorySegment segment, long offset) {
      return Short.toUnsignedInt(segment.get(layout, offset));
    }

    @Override
    public void write(MemorySegment segment, long offset, Integer value) {
      segment.set(layout, offset, (short) Range.require(value, 0, 0xffff, Short.BYTES));
    }
  }

  /** Four bytes with sign. */
  private record S32() implements Codec<Integer> {
    @Override
    public int size() {
      return Integer.BYTES;
    }

    @Override
    public Integer read(MemorySegment segment, long offset) {
      return segment.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
    }

    @Override
    public void write(MemorySegment segment, long offset, Integer value) {
      segment.set(ValueLayout.JAVA_INT_UNALIGNED, offset, value);
    }
  }

  /** Four bytes without sign. */
  private record U32(ValueLayout.OfInt layout) implements Codec<Long> {
    @Override
    public int size() {
      return Integer.BYTES;
    }

    @Override
    public Long read(MemorySegment segment, long offset) {
      return Integer.toUnsignedLong(segment.get(layout, offset));
    }

    @Override
    public void write(MemorySegment segment, long offset, Long value) {
      segment.set(layout, offset, (int) Range.require(value, 0, 0xffff_ffffL, Integer.BYTES));
    }
  }

  /** Eight bytes; their sign is the reader's matter. */
  private record U64(ValueLayout.OfLong layout) implements Codec<Long> {
    @Override
    public int size() {
      return Long.BYTES;
    }

    @Override
    public Long read(MemorySegment segment, long offset) {
      return segment.get(layout, offset);
    }

    @Override
    public void write(MemorySegment segment, long offset, Long value) {
      segment.set(layout, offset, value);
    }
  }
}
