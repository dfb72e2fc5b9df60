package io.github.bpf4j.samples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A clean end on SIGINT and SIGTERM: the working thread is told to stop, detaches, prints its
 * summary, and the process exits with the status that the thread gives, not with the signal's.
 *
 * <pre>
 *   signal ─▶ shutdown hook: requested ─▶ unpark worker ──▶ await finished ──▶ halt(status)
 *   worker:   … pauseUntil() returns false ─▶ detach, summary ─▶ exit(status)
 * </pre>
 */
public final class Termination {
  /** How long the hook waits for the worker: far longer than any detach takes. */
  private static final long PATIENCE_SECONDS = 5;

  private static final AtomicReference<@Nullable Termination> INSTALLED = new AtomicReference<>();

  private final Thread worker;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile Runnable onRequest = () -> {};
  private volatile Runnable lastResort = () -> {};
  private volatile boolean requested;
  private volatile int status;

  private Termination(Thread worker) {
    this.worker = worker;
  }

  /**
   * Makes the calling thread the one that is told to stop; to be called before anything is
   * attached.
   *
   * @throws CommandFailedException when a signal has come already
   */
  public static Termination install() {
    Termination termination = new Termination(Thread.currentThread());
    Thread hook = Thread.ofPlatform().name("bpf4j-end").unstarted(termination::end);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw new CommandFailedException("ended by a signal before it began");
    }
    INSTALLED.set(termination);
    return termination;
  }

  /** Ends the process, when all that a command had to say is said. */
  public static void exit(int status) {
    Termination installed = INSTALLED.get();
    if (installed != null) {
      installed.status = status;
      installed.finished.countDown();
    }
    System.exit(status);
  }

  private void end() {
    requested = true;
    LockSupport.unpark(worker);
    onRequest.run();
    try {
      if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(status);
      }
      // The worker hangs, as in a write that nobody reads: what must not stay goes without it.
      lastResort.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Says what ends a wait of the worker's, from another thread, when a signal comes; at once when
   * one has come.
   *
   * @param action may be run twice
   */
  public void onRequest(Runnable action) {
    onRequest = action;
    if (requested) {
      action.run();
    }
  }

  /** Says what to do, on another thread, when the worker does not end after a signal. */
  public void lastResort(Runnable action) {
    lastResort = action;
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
}
