package io.github.bpf4j.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;

/**
 * An integer of a struct as a {@code long}, whatever its width: what scalars and enums are made of.
 *
 * @param load {@code (MemorySegment, long start) → long}
 * @param store {@code (MemorySegment, long start, long) → void}; takes the low bits
 * @param bits how many bits it has
 * @param signed whether it may be negative
 * @param dense whether storing sets whole bytes
 */
record IntegerPart(MethodHandle load, MethodHandle store, int bits, boolean signed, boolean dense) {

  /** Whole bytes. */
  static IntegerPart of(long at, long size, boolean signed, ByteOrder order) throws Mismatch {
    return switch ((int) size) {
      case Byte.BYTES -> of("Byte", ValueLayout.JAVA_BYTE, at, Byte.SIZE, signed);
      case Short.BYTES ->
          of("Short", ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at, Short.SIZE, signed);
      case Integer.BYTES ->
          of("Int", ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at, Integer.SIZE, signed);
      case Long.BYTES ->
          of("Long", ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at, Long.SIZE, signed);
      default -> throw new Mismatch("an integer of " + size + " bytes takes a byte[]");
    };
  }

  private static IntegerPart of(
      String width, ValueLayout layout, long at, int bits, boolean signed) {
    Class<?> type =
        switch (layout) {
          case ValueLayout.OfByte _ -> ValueLayout.OfByte.class;
          case ValueLayout.OfShort _ -> ValueLayout.OfShort.class;
          case ValueLayout.OfInt _ -> ValueLayout.OfInt.class;
          default -> ValueLayout.OfLong.class;
        };
    MethodHandle load =
        Access.method(
            IntegerPart.class,
            (signed || bits == Long.SIZE ? "load" : "loadUnsigned") + width,
            long.class,
            type,
            long.class,
            MemorySegment.class,
            long.class);
    MethodHandle store =
        Access.method(
            IntegerPart.class,
            "store" + width,
            void.class,
            type,
            long.class,
            MemorySegment.class,
            long.class,
            long.class);
    return new IntegerPart(
        MethodHandles.insertArguments(load, 0, layout, at),
        MethodHandles.insertArguments(store, 0, layout, at),
        bits,
        signed,
        true);
  }

  /** A bit-field. */
  static IntegerPart ofBits(long bitOffset, int bits, boolean signed) {
    MethodHandle load =
        Access.method(
            BitFields.class,
            "load",
            long.class,
            long.class,
            int.class,
            boolean.class,
            MemorySegment.class,
            long.class);
    MethodHandle store =
        Access.method(
            BitFields.class,
            "store",
            void.class,
            long.class,
            int.class,
            MemorySegment.class,
            long.class,
            long.class);
    return new IntegerPart(
        MethodHandles.insertArguments(load, 0, bitOffset, bits, signed),
        MethodHandles.insertArguments(store, 0, bitOffset, bits),
        bits,
        signed,
        false);
  }

  static long loadByte(ValueLayout.OfByte layout, long at, MemorySegment segment, long start) {
    return segment.get(layout, start + at);
  }

  static long loadUnsignedByte(
      ValueLayout.OfByte layout, long at, MemorySegment segment, long start) {
    return Byte.toUnsignedLong(segment.get(layout, start + at));
  }

  static long loadShort(ValueLayout.OfShort layout, long at, MemorySegment segment, long start) {
    return segment.get(layout, start + at);
  }

  static long loadUnsignedShort(
      ValueLayout.OfShort layout, long at, MemorySegment segment, long start) {
    return Short.toUnsignedLong(segment.get(layout, start + at));
  }

  static long loadInt(ValueLayout.OfInt layout, long at, MemorySegment segment, long start) {
    return segment.get(layout, start + at);
  }

  static long loadUnsignedInt(
      ValueLayout.OfInt layout, long at, MemorySegment segment, long start) {
    return Integer.toUnsignedLong(segment.get(layout, start + at));
  }

  static long loadLong(ValueLayout.OfLong layout, long at, MemorySegment segment, long start) {
    return segment.get(layout, start + at);
  }

  static void storeByte(
      ValueLayout.OfByte layout, long at, MemorySegment segment, long start, long value) {
    segment.set(layout, start + at, (byte) value);
  }

  static void storeShort(
      ValueLayout.OfShort layout, long at, MemorySegment segment, long start, long value) {
    segment.set(layout, start + at, (short) value);
  }

  static void storeInt(
      ValueLayout.OfInt layout, long at, MemorySegment segment, long start, long value) {
    segment.set(layout, start + at, (int) value);
  }

  static void storeLong(
      ValueLayout.OfLong layout, long at, MemorySegment segment, long start, long value) {
    segment.set(layout, start + at, value);
  }
}
