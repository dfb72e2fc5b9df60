package io.github.bpf4j;

import io.github.bpf4j.hook.Attached;

/**
 * A program on a hook, put there by this process and owned by whoever attached it.
 *
 * <ul>
 *   <li>{@link #detach} takes the program off the hook now, and says whether it was still on it.
 *   <li>{@link #close} does the same if nobody did before, and never complains that it was too
 *       late.
 *   <li>{@link #leaveAttached} gives up ownership: the program stays, {@code close()} does nothing.
 * </ul>
 *
 * <p>None of them ever removes another owner's program. There is no cleaner behind a link: one that
 * is forgotten stays attached, as nothing is detached silently.
 *
 * <p>Thread safety: all methods may be called from any thread, also from a shutdown hook; the first
 * one to detach wins.
 */
public final class BpfLink implements AutoCloseable {
  private final Attached attached;
  private boolean ended;

  BpfLink(Attached attached) {
    this.attached = attached;
  }

  /**
   * Whether the program is still on the hook: false when it was replaced or removed by another,
   * when the device is gone, or after {@link #detach} and {@link #close}. Asks the kernel.
   */
  public synchronized boolean isAttached() {
    return !ended && attached.isAttached();
  }

  /**
   * Takes the program off the hook.
   *
   * @return false when it was off already, by whomever
   * @throws io.github.bpf4j.error.BpfException when the kernel refuses; the link then still owns
   *     the attachment
   */
  public synchronized boolean detach() {
    if (ended) {
      return false;
    }
    boolean removed = attached.detach();
    end();
    return removed;
  }

  /**
   * Leaves the program on the hook when this process ends.
   *
   * @throws IllegalStateException for a {@code bpf_link}, which would go with the process, and when
   *     the link has ended
   */
  public synchronized void leaveAttached() {
    if (ended) {
      throw new IllegalStateException(attached.describe() + " is not attached any more");
    }
    attached.leave();
    end();
  }

  private void end() {
    ended = true;
    attached.release();
  }

  /** Detaches if it is still attached; idempotent. */
  @Override
  public void close() {
    detach();
  }

  @Override
  public String toString() {
    return attached.describe();
  }
}
