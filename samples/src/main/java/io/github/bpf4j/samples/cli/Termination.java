package io.github.bpf4j.samples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A clean end on SIGINT and SIGTERM: the working thread is told to stop, detaches, prints its
 * summary, and the process exits with the status that the thread gives, not with the signal's.
 *
 * <pre>
 *   signal ─▶ shutdown hook: requested ─▶ unpark worker ──▶ await finished ──▶ halt(status)
 *   worker:   … pause() returns false ─▶ detach, summary ─▶ finish(status)
 * </pre>
 */
public final class Termination {
  /** How long the hook waits for the worker: far longer than any detach takes. */
  private static final long PATIENCE_SECONDS = 10;

  private final Thread worker;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile int status;

  private Termination(Thread worker) {
    this.worker = worker;
  }

  /** Makes the calling thread the one that is told to stop. */
  public static Termination install() {
    Termination termination = new Termination(Thread.currentThread());
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("bpf4j-end").unstarted(termination::end));
    return termination;
  }

  private void end() {
    requested = true;
    LockSupport.unpark(worker);
    try {
      if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a signal has come. */
  public boolean isRequested() {
    return requested;
  }

  /**
   * Sleeps until a deadline of {@link System#nanoTime}; allocates nothing.
   *
   * @return false when a signal came first
   */
  public boolean pauseUntil(long deadline) {
    while (!requested) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      LockSupport.parkNanos(this, left);
    }
    return false;
  }

  /** Says that the worker is done, and what the process is to exit with. */
  public void finish(int exitStatus) {
    status = exitStatus;
    finished.countDown();
  }
}
