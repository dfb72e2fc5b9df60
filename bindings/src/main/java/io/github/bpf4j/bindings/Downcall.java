package io.github.bpf4j.bindings;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Calls of C functions through one shape: seven words, a word comes back. To link a shape takes a
 * few milliseconds, to call through one some nanoseconds: what a program calls when it starts and
 * ends, once each, goes through this one.
 *
 * <p>It fits all functions that take and return integers and pointers, and have a fixed number of
 * parameters: the ABIs of 64-bit Linux pass each of these in a whole register or slot, integers
 * extended to it, and a callee does not look at what is behind its own parameters.
 *
 * <p>Words are segments, because the linker guards these: one that is closed, of another thread or
 * on the heap is refused, and none can be closed during the call. Numbers become segments for it,
 * which may allocate.
 */
public final class Downcall {
  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(
          ValueLayout.JAVA_LONG,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS);

  private static final int WORDS = SHAPE.argumentLayouts().size();

  private static final class Plain {
    static final MethodHandle HANDLE = Linker.nativeLinker().downcallHandle(SHAPE);
  }

  private static final class Capturing {
    static final MethodHandle HANDLE =
        Linker.nativeLinker().downcallHandle(SHAPE, Linker.Option.captureCallState("errno"));
  }

  private Downcall() {}

  /** Calls a function with as many words as it has parameters. */
  static long call(MemorySegment function, MemorySegment... parameters) {
    MemorySegment[] w = padded(parameters);
    try {
      return (long) Plain.HANDLE.invokeExact(function, w[0], w[1], w[2], w[3], w[4], w[5], w[6]);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  /**
   * The same, and keeps errno as the function left it.
   *
   * @param errno of the layout {@link Linker.Option#captureStateLayout}
   */
  public static long capturing(
      MemorySegment errno, MemorySegment function, MemorySegment... parameters) {
    MemorySegment[] w = padded(parameters);
    try {
      return (long)
          Capturing.HANDLE.invokeExact(function, errno, w[0], w[1], w[2], w[3], w[4], w[5], w[6]);
    } catch (Throwable thrown) {
      throw unchecked(thrown);
    }
  }

  private static MemorySegment[] padded(MemorySegment[] parameters) {
    MemorySegment[] words = Arrays.copyOf(parameters, WORDS);
    Arrays.fill(words, parameters.length, WORDS, MemorySegment.NULL);
    return words;
  }

  private static RuntimeException unchecked(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> throw new AssertionError("a downcall handle throws no checked exception", thrown);
    };
  }

  /** A number as a word. */
  public static MemorySegment word(long number) {
    return MemorySegment.ofAddress(number);
  }

  static MemorySegment word(boolean truth) {
    return MemorySegment.ofAddress(truth ? 1 : 0);
  }

  /** As jextract returns pointers: to bytes without end. */
  public static MemorySegment pointer(long address) {
    return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE);
  }
}
