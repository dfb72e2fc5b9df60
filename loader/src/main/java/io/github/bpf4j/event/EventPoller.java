package io.github.bpf4j.event;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.libbpf.Epoll;
import io.github.bpf4j.libbpf.Lease;
import io.github.bpf4j.libbpf.Watched;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Several sources on one thread: waits until one of them has samples, and hands each its own.
 *
 * <pre>{@code
 * try (EventPoller poller = EventPoller.open()) {
 *   poller.add(execs, execHandler).add(exits, exitHandler).run();
 * }
 * }</pre>
 *
 * <p>The sources stay their makers': closing the poller leaves them open, and one that is closed
 * drops out of the poller.
 *
 * <p>Thread safety: one thread polls at a time; all other methods may be called from any thread.
 */
public final class EventPoller implements AutoCloseable {
  private final Epoll epoll = Epoll.open("event poller");
  private final Lease lease = new Lease("event poller", epoll::close);
  private final List<PolledSource> sources = new CopyOnWriteArrayList<>();

  private EventPoller() {}

  /** Makes one without sources. */
  public static EventPoller open() {
    return new EventPoller();
  }

  /**
   * Adds a source; also while a thread polls.
   *
   * @param handler takes its samples, on the thread that polls
   * @return this
   * @throws IllegalStateException when this or the source is closed
   * @throws IllegalArgumentException when the source is none that a map has made
   * @throws BpfException when it was added before
   */
  public EventPoller add(EventSource source, SampleHandler handler) {
    if (!(source instanceof Watched watched)) {
      throw new IllegalArgumentException(source + " is no source that a map has made");
    }
    PolledSource added = new PolledSource(source, handler);
    lease.acquire();
    try {
      // In this order: what comes from now on ends the sleep of a thread that knows the source.
      sources.add(added);
      watched.watchBy(epoll);
      return this;
    } catch (RuntimeException | Error e) {
      sources.remove(added);
      throw e;
    } finally {
      lease.release();
    }
  }

  /**
   * Takes what is there from each source, and waits for it if none has something.
   *
   * @param timeout how long to wait at most
   * @return how many samples were taken; 0 when the time is over, and before it when this is
   *     closed, the thread is interrupted or no source is left
   * @throws IllegalStateException when this is closed, or another thread is taking samples of a
   *     source
   */
  public int poll(Duration timeout) {
    lease.acquire();
    try {
      int taken = drain();
      return taken > 0 || timeout.isZero() ? taken : await(Epoll.nanos(timeout));
    } finally {
      lease.release();
    }
  }

  private int await(long nanos) {
    long start = System.nanoTime();
    int taken = 0;
    long left = nanos;
    while (taken == 0 && left > 0 && !isOver()) {
      // What was given back comes before the look at the other side, or a wake-up may be missed.
      VarHandle.fullFence();
      taken = drain();
      if (taken == 0) {
        epoll.sleep(left);
        taken = drain();
        left = nanos - (System.nanoTime() - start);
      }
    }
    return taken;
  }

  /** Takes samples until this is closed, no source is left, or the thread is interrupted. */
  public void run() {
    lease.acquire();
    try {
      while (!isOver()) {
        int _ = await(Long.MAX_VALUE);
      }
    } finally {
      lease.release();
    }
  }

  private int drain() {
    int taken = 0;
    for (PolledSource source : sources) {
      taken += source.drain();
    }
    return taken;
  }

  private boolean isOver() {
    sources.removeIf(PolledSource::isClosed);
    return sources.isEmpty() || isClosed() || Thread.currentThread().isInterrupted();
  }

  /** Whether this was closed. */
  public boolean isClosed() {
    return lease.isClosed();
  }

  /** Ends a wait that is under way, and lets no one poll any more; idempotent, from any thread. */
  @Override
  public void close() {
    if (lease.tryAcquire()) {
      lease.close();
      epoll.wake();
      lease.release();
    }
  }
}
