package io.github.bpf4j.event;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Threads of tests. */
final class Tasks {
  private Tasks() {}

  /** Code on a thread of its own, of a kind. */
  static <T> CompletableFuture<T> start(Thread.Builder kind, Callable<T> code) {
    CompletableFuture<T> result = new CompletableFuture<>();
    kind.start(
        () -> {
          try {
            result.complete(code.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** What came out; an error when it takes very long. */
  static <T> T get(CompletableFuture<T> result) throws Exception {
    return result.get(30, TimeUnit.SECONDS);
  }

  static void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left; (left = end - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
    }
  }
}
