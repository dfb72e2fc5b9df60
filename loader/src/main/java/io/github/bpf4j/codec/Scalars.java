package io.github.bpf4j.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Integers and floating point numbers as Java's primitives, boxed or not. */
final class Scalars {
  private static final MethodHandle TO_BOOLEAN =
      Access.method(Scalars.class, "toBoolean", boolean.class, long.class);
  private static final MethodHandle FROM_BOOLEAN =
      Access.method(Scalars.class, "fromBoolean", long.class, boolean.class);
  private static final MethodHandle IN_RANGE =
      Access.method(
          Scalars.class, "inRange", long.class, String.class, int.class, boolean.class, long.class);

  private Scalars() {}

  /**
   * An integer as a Java type that holds all its bits. One of the same width takes them as they
   * are, a wider one takes the value.
   *
   * @param what names it when a value is out of range
   */
  static Access integer(IntegerPart part, Class<?> type, String what) throws Mismatch {
    Class<?> primitive = MethodType.methodType(type).unwrap().returnType();
    if (primitive == boolean.class) {
      if (part.bits() != 1 && part.bits() != Byte.SIZE) {
        throw new Mismatch("a boolean takes 1 bit or 1 byte");
      }
      return converted(part, type, TO_BOOLEAN, FROM_BOOLEAN);
    }
    int width = width(primitive);
    if (width == 0) {
      throw new Mismatch("an integer takes byte, short, int, long, or byte[]");
    }
    if (width < part.bits() || (primitive == char.class && part.signed())) {
      throw new Mismatch(primitive + " does not hold it");
    }
    MethodHandle widen =
        MethodHandles.explicitCastArguments(
            MethodHandles.identity(long.class), MethodType.methodType(long.class, primitive));
    MethodHandle narrow =
        MethodHandles.explicitCastArguments(
            MethodHandles.identity(long.class), MethodType.methodType(primitive, long.class));
    MethodHandle checked =
        width == part.bits()
            ? widen
            : MethodHandles.filterReturnValue(
                widen,
                MethodHandles.insertArguments(IN_RANGE, 0, what, part.bits(), part.signed()));
    return converted(part, type, narrow, checked);
  }

  /** An integer behind two conversions: {@code long → J} and {@code J → long}. */
  static Access converted(IntegerPart part, Class<?> type, MethodHandle from, MethodHandle to) {
    return new Access(
            MethodHandles.filterReturnValue(part.load(), from),
            MethodHandles.filterArguments(part.store(), 2, to),
            part.dense())
        .as(type);
  }

  private static int width(Class<?> primitive) {
    if (primitive == byte.class) {
      return Byte.SIZE;
    }
    if (primitive == short.class || primitive == char.class) {
      return Short.SIZE;
    }
    if (primitive == int.class) {
      return Integer.SIZE;
    }
    return primitive == long.class ? Long.SIZE : 0;
  }

  static boolean toBoolean(long value) {
    return value != 0;
  }

  static long fromBoolean(boolean value) {
    return value ? 1 : 0;
  }

  static long inRange(String what, int bits, boolean signed, long value) {
    long least = signed ? -1L << (bits - 1) : 0;
    long most = signed ? ~least : ~(-1L << bits);
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + ": " + value + " does not fit into " + bits + " bits: " + least + " to " + most);
    }
    return value;
  }

  /** A floating point number as float or double. */
  static Access real(long size, Class<?> type, long at) throws Mismatch {
    Class<?> primitive = MethodType.methodType(type).unwrap().returnType();
    if (size == Float.BYTES && primitive == float.class) {
      return Access.of(new Floats(), Float.class, at).as(type);
    }
    if (size == Double.BYTES && primitive == double.class) {
      return Access.of(new Doubles(), Double.class, at).as(type);
    }
    throw new Mismatch("it takes " + (size == Float.BYTES ? "float" : "double"));
  }

  private record Floats() implements Codec<Float> {
    @Override
    public int size() {
      return Float.BYTES;
    }

    @Override
    public Float read(MemorySegment segment, long offset) {
      return segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, offset);
    }

    @Override
    public void write(MemorySegment segment, long offset, Float value) {
      segment.set(ValueLayout.JAVA_FLOAT_UNALIGNED, offset, value);
    }
  }

  private record Doubles() implements Codec<Double> {
    @Override
    public int size() {
      return Double.BYTES;
    }

    @Override
    public Double read(MemorySegment segment, long offset) {
      return segment.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, offset);
    }

    @Override
    public void write(MemorySegment segment, long offset, Double value) {
      segment.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, offset, value);
    }
  }
}
