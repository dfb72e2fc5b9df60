package io.github.bpf4j;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The integers of a variable, each read and written by one instruction, whatever their width. The
 * caller has checked the index and that there are integers.
 */
final class IntegerElements {
  private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
  private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment memory;
  private final int width;
  private final boolean signed;
  private final boolean bool;
  private final boolean swapped;

  IntegerElements(MemorySegment memory, VariableShape shape) {
    this.memory = memory;
    this.width = (int) shape.elementSize();
    this.signed = shape.signed();
    this.bool = shape.bool();
    this.swapped = shape.swapped();
  }

  /** The value, 64 bits of it. */
  long load(long index) {
    long offset = index * width;
    return switch (width) {
      case 8 -> {
        long bits = (long) LONG.getAcquire(memory, offset);
        yield swapped ? Long.reverseBytes(bits) : bits;
      }
      case 4 -> widened((int) INT.getAcquire(memory, offset));
      case 2 -> {
        short bits = (short) SHORT.getAcquire(memory, offset);
        short value = swapped ? Short.reverseBytes(bits) : bits;
        yield signed ? value : Short.toUnsignedLong(value);
      }
      default -> {
        byte value = (byte) BYTE.getAcquire(memory, offset);
        yield signed ? value : Byte.toUnsignedLong(value);
      }
    };
  }

  private long widened(int bits) {
    int value = swapped ? Integer.reverseBytes(bits) : bits;
    return signed ? value : Integer.toUnsignedLong(value);
  }

  /** The low bits of a value, as many as there are. */
  void store(long index, long value) {
    long offset = index * width;
    switch (width) {
      case 8 -> LONG.setRelease(memory, offset, swapped ? Long.reverseBytes(value) : value);
      case 4 -> INT.setRelease(memory, offset, narrowed(value));
      case 2 -> {
        short bits = (short) value;
        SHORT.setRelease(memory, offset, swapped ? Short.reverseBytes(bits) : bits);
      }
      default -> BYTE.setRelease(memory, offset, (byte) value);
    }
  }

  private int narrowed(long value) {
    return swapped ? Integer.reverseBytes((int) value) : (int) value;
  }

  /** Whether the processor changes one in place: 4 or 8 bytes in its own byte order. */
  boolean isAtomic() {
    return width >= Integer.BYTES && !swapped;
  }

  long getAndAdd(long index, long delta) {
    long offset = index * width;
    return width == Long.BYTES
        ? (long) LONG.getAndAdd(memory, offset, delta)
        : widened((int) INT.getAndAdd(memory, offset, (int) delta));
  }

  long getAndSet(long index, long value) {
    long offset = index * width;
    return width == Long.BYTES
        ? (long) LONG.getAndSet(memory, offset, value)
        : widened((int) INT.getAndSet(memory, offset, (int) value));
  }

  /** An int as {@link #load} would give its bits back: of 4 bytes without sign, unsigned. */
  long ofInt(int value) {
    return width == Integer.BYTES && !signed ? Integer.toUnsignedLong(value) : value;
  }

  /** The least value that fits. */
  long least() {
    return signed ? -1L << (width * Byte.SIZE - 1) : 0;
  }

  /** The largest value that fits; of 8 bytes all do. */
  long most() {
    if (bool) {
      return 1;
    }
    return signed ? ~least() : ~(-1L << (width * Byte.SIZE));
  }

  /** Whether a value is one that {@link #load} would give back. */
  boolean fits(long value) {
    return width == Long.BYTES || (value >= least() && value <= most());
  }
}
