package io.github.bpf4j.testing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What code allocates on the heap, exactly, on the calling thread. By reflection, because a module
 * that is under test does not read {@code jdk.management}.
 */
public final class Allocation {
  /** Enough for the interpreter to be left and for every class to be loaded. */
  private static final int WARM_UP = 20_000;

  private static final int ROUNDS = 5;

  private static final MethodHandle ALLOCATED = allocatedBytes();

  private Allocation() {}

  /** Bytes for each of so many calls, after as many to get warm as it takes. */
  public static double bytesPerCall(int calls, Runnable code) {
    for (int i = 0; i < WARM_UP; i++) {
      code.run();
    }
    // The least of some rounds: a method that is being compiled anew allocates a little, once.
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least > 0; round++) {
      long before = allocated();
      for (int i = 0; i < calls; i++) {
        code.run();
      }
      least = Math.min(least, allocated() - before);
    }
    return (double) least / calls;
  }

  private static long allocated() {
    try {
      return (long) ALLOCATED.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MethodHandle allocatedBytes() {
    try {
      Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
      Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
      Object bean = factory.getMethod("getThreadMXBean").invoke(null);
      return MethodHandles.publicLookup()
          .findVirtual(type, "getCurrentThreadAllocatedBytes", MethodType.methodType(long.class))
          .bindTo(bean);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
