package io.github.bpf4j.map;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Things that one caller at a time uses: made when a thread finds none, kept for the next caller.
 *
 * <pre>
 *   thread id ──▶ slot   take() ──▶ the caller's alone ──▶ give() ──▶ slot
 * </pre>
 *
 * <p>Unlike a {@code ThreadLocal} it is bounded however many threads there are, virtual ones among
 * them, and is gone with its owner. Two threads that meet in a slot only cost a new thing.
 */
final class Pool<T> {
  private static final int SLOTS = 16;

  /** Slots are so far apart that neighbours do not share a line of the cache. */
  private static final int SPREAD = 16;

  private final AtomicReferenceArray<@Nullable T> slots =
      new AtomicReferenceArray<>(SLOTS * SPREAD);
  private final Supplier<T> maker;

  Pool(Supplier<T> maker) {
    this.maker = maker;
  }

  T take() {
    @Nullable T kept = slots.getAndSet(slot(), null);
    return kept != null ? kept : maker.get();
  }

  /** Gives back what {@link #take} gave, in a finally block. */
  void give(T thing) {
    slots.setRelease(slot(), thing);
  }

  private static int slot() {
    return ((int) Thread.currentThread().threadId() & (SLOTS - 1)) * SPREAD;
  }
}
