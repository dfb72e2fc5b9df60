package io.github.bpf4j.libbpf;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the users of something native and destroys it once: when it is closed and the last user
 * has left. Calls that are under way in other threads finish first, links that were made keep what
 * they need, and any use after close is an {@link IllegalStateException}.
 *
 * <p>Without it a file descriptor that one thread closes could be handed out again by the kernel
 * while another thread is about to use it, and a map of larger values would then be read into too
 * small a buffer.
 *
 * <p>Thread safety: all methods may be called from any thread. {@code acquire} and {@code release}
 * cost one atomic operation each and allocate nothing.
 */
public final class Lease {
  private static final int CLOSED = Integer.MIN_VALUE;

  private final String name;
  private final Runnable destroy;

  /** Users in the low 31 bits, {@link #CLOSED} above them. */
  private final AtomicInteger state = new AtomicInteger();

  /**
   * @param name says what is closed in the exception of a late user
   * @param destroy run once, by whichever thread lets go last; must not throw
   */
  public Lease(String name, Runnable destroy) {
    this.name = name;
    this.destroy = destroy;
  }

  /**
   * Enters. Each call is answered by one {@link #release}, in a finally block.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public void acquire() {
    if (!tryAcquire()) {
      throw new IllegalStateException(name + " is closed");
    }
  }

  /** Enters unless it is closed: for those to whom it is no error to come too late. */
  public boolean tryAcquire() {
    int seen;
    do {
      seen = state.get();
      if (seen < 0) {
        return false;
      }
    } while (!state.compareAndSet(seen, seen + 1));
    return true;
  }

  /** Leaves. */
  public void release() {
    if (state.decrementAndGet() == CLOSED) {
      destroy.run();
    }
  }

  /** Lets no one in any more; idempotent. */
  public void close() {
    int seen;
    do {
      seen = state.get();
      if (seen < 0) {
        return;
      }
    } while (!state.compareAndSet(seen, seen | CLOSED));
    if (seen == 0) {
      destroy.run();
    }
  }

  public boolean isClosed() {
    return state.get() < 0;
  }
}
