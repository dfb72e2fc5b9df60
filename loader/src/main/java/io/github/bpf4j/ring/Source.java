package io.github.bpf4j.ring;

import io.github.bpf4j.event.SampleHandler;
import io.github.bpf4j.libbpf.Epoll;
import io.github.bpf4j.libbpf.Lease;
import io.github.bpf4j.libbpf.Watched;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/**
 * What all sources have in common: who may take samples and when, waiting, closing.
 *
 * <pre>
 *   drain:  enter ─▶ consume ─▶ leave
 *   poll:   enter ─▶ consume ─▶ nothing? ─▶ sleep ─▶ consume ─▶ … ─▶ leave
 *   close:  stop, wake ────────────────────▲             the last one to leave unmaps
 * </pre>
 */
abstract class Source implements Watched {
  private static final VarHandle TAKEN = field("taken");
  private static final VarHandle STOPPED = field("stopped");

  private final String name;
  private final Lease lease;
  private final Epoll epoll;

  /** Whether a thread is taking samples. */
  @SuppressWarnings("unused") // used by TAKEN
  private boolean taken;

  /** Whether {@link #consume} is to come to its end. */
  @SuppressWarnings("unused") // used by STOPPED
  private boolean stopped;

  /**
   * @param name the map's
   * @param kind such as {@code "ring buffer"}, for messages
   * @param epoll sees what comes; closed with this
   * @param map keeps the map, and is held already; released with this
   */
  Source(String name, String kind, Epoll epoll, Lease map) {
    this.name = name;
    this.epoll = epoll;
    this.lease =
        new Lease(
            kind + " " + name,
            () -> {
              try (epoll) {
                free();
              } finally {
                map.release();
              }
            });
  }

  private static VarHandle field(String name) {
    try {
      return MethodHandles.lookup().findVarHandle(Source.class, name, boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /**
   * Hands on what is there, up to a number of samples, and gives the room back. Ends after a
   * bounded number of samples, however fast the other side writes, and at the next one when {@link
   * #isStopped}.
   */
  abstract int consume(SampleHandler handler, int limit);

  /** Gives up the memory; called once, when nobody takes samples any more. */
  abstract void free();

  /** Whether there is something to consume, in the order of memory after all that was consumed. */
  abstract boolean isReady();

  public final int drain(SampleHandler handler, int limit) {
    enter(limit);
    try {
      return consume(handler, limit);
    } finally {
      leave();
    }
  }

  public final int poll(Duration timeout, SampleHandler handler, int limit) {
    enter(limit);
    try {
      int handled = consume(handler, limit);
      return handled > 0 || timeout.isZero()
          ? handled
          : await(Epoll.nanos(timeout), handler, limit);
    } finally {
      leave();
    }
  }

  private int await(long nanos, SampleHandler handler, int limit) {
    long start = System.nanoTime();
    int handled = 0;
    long left = nanos;
    while (handled == 0 && left > 0 && !isOver()) {
      sleep(left);
      // Also when the time is over: a program may send samples and wake nobody up.
      handled = consume(handler, limit);
      left = nanos - (System.nanoTime() - start);
    }
    return handled;
  }

  public final void forEach(SampleHandler handler) {
    enter(Integer.MAX_VALUE);
    try {
      while (!isOver()) {
        if (consume(handler, Integer.MAX_VALUE) == 0) {
          sleep(Long.MAX_VALUE);
        }
      }
    } finally {
      leave();
    }
  }

  private boolean isOver() {
    return isStopped() || Thread.currentThread().isInterrupted();
  }

  private void sleep(long nanos) {
    if (!isReady()) {
      epoll.sleep(nanos);
    }
  }

  private void enter(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("the limit must be 1 or more, not " + limit);
    }
    lease.acquire();
    if (!TAKEN.compareAndSet(this, false, true)) {
      lease.release();
      throw new IllegalStateException("samples of " + name + " are being taken already");
    }
  }

  private void leave() {
    TAKEN.setRelease(this, false);
    lease.release();
  }

  @Override
  public final void watchBy(Epoll outer) {
    lease.acquire();
    try {
      outer.add(epoll);
    } finally {
      lease.release();
    }
  }

  /** Keeps the memory for who looks at it without taking samples. */
  final Lease lease() {
    return lease;
  }

  public final String name() {
    return name;
  }

  public final boolean isClosed() {
    return lease.isClosed();
  }

  /** Costs no more than a load; {@link #isClosed} would be felt at each sample. */
  final boolean isStopped() {
    return (boolean) STOPPED.getOpaque(this);
  }

  public final void close() {
    if (lease.tryAcquire()) {
      lease.close();
      STOPPED.setOpaque(this, true);
      epoll.wake();
      lease.release();
    }
  }
}
