package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.Downcall;
import io.github.bpf4j.uapi.Capability;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * errno as it was when a C function returned. A second downcall that reads errno would be too late:
 * the JVM may have made system calls of its own on the thread in between.
 */
public final class CapturedErrno {
  private static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = LAYOUT.varHandle(PathElement.groupElement("errno"));

  private CapturedErrno() {}

  /** The same function with the capture segment as its first argument. */
  @SuppressWarnings("restricted") // address and descriptor come from the same generated function
  static MethodHandle capturing(MemorySegment function, FunctionDescriptor descriptor) {
    return Linker.nativeLinker()
        .downcallHandle(function, descriptor, Linker.Option.captureCallState("errno"));
  }

  /**
   * Calls a function once, through the shape that all such calls share. A pointer is a word as it
   * is, numbers become one by {@link #word}. Where calls are many, {@link #capturing} gives a
   * handle of the function's own shape, which allocates nothing.
   */
  static long call(MemorySegment errno, MemorySegment function, MemorySegment... words) {
    return Downcall.capturing(errno, function, words);
  }

  static MemorySegment word(long number) {
    return Downcall.word(number);
  }

  /** Room for what a capturing call captures. */
  public static MemorySegment allocate(SegmentAllocator allocator) {
    return allocator.allocate(LAYOUT);
  }

  static int get(MemorySegment captured) {
    return (int) ERRNO.get(captured, 0L);
  }

  /**
   * Checks the result of a C library call: -1 is failure, and errno says why; EPERM by {@code
   * needed}.
   */
  static int check(
      int result, MemorySegment errno, String operation, String subject, Capability needed) {
    if (result < 0) {
      throw Results.failed(operation, subject, get(errno), needed);
    }
    return result;
  }

  /** Runs a capturing call in a fresh arena. */
  static <T> T with(Call<T> call) {
    try (Arena arena = Arena.ofConfined()) {
      return call.run(arena, allocate(arena));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall handle throws no checked exception", e);
    }
  }

  interface Call<T> {

    T run(Arena arena, MemorySegment errno) throws Throwable;
  }
}
