package io.github.bpf4j.event;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber and the thread that serves it.
 *
 * <pre>
 *   request(n) ──▶ demand ──unpark──▶ thread: demand? ─▶ poll one ─▶ onNext ─▶ demand - 1 ─▶ …
 * </pre>
 *
 * <p>One sample is taken at a time, so that after a {@code cancel()} none is gone that was not
 * delivered.
 */
final class EventSubscription<T> implements Flow.Subscription {
  /** After so long the thread looks whether it was cancelled, or the source closed. */
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final EventSource source;
  private final Slot<T> slot;
  private final Flow.Subscriber<? super T> subscriber;
  private final AtomicLong demand = new AtomicLong();
  private final Thread thread;
  private volatile @Nullable Throwable misuse;
  private volatile boolean cancelled;

  EventSubscription(TypedEvents<T> events, Flow.Subscriber<? super T> subscriber) {
    this.source = events.source();
    this.slot = new Slot<>(events);
    this.subscriber = Objects.requireNonNull(subscriber);
    this.thread =
        Thread.ofPlatform().daemon().name("bpf4j-events-" + source.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      subscriber.onSubscribe(this);
      while (!cancelled && misuse == null && !source.isClosed()) {
        // An interrupt that a subscriber left behind would turn the waits into spinning.
        Thread.interrupted();
        if (demand.get() == 0) {
          LockSupport.parkNanos(this, GLANCE.toNanos());
        } else if (takeOne()) {
          demand.decrementAndGet();
          subscriber.onNext(slot.take());
        }
      }
      finish(misuse);
    } catch (Throwable e) {
      finish(e);
    }
  }

  private boolean takeOne() {
    try {
      return source.poll(GLANCE, slot, 1) > 0;
    } catch (IllegalStateException e) {
      if (source.isClosed()) {
        return false;
      }
      throw e;
    }
  }

  private void finish(@Nullable Throwable error) {
    if (cancelled) {
      return;
    }
    cancelled = true;
    if (error == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(error);
    }
  }

  @Override
  public void request(long more) {
    if (more <= 0) {
      misuse = new IllegalArgumentException("request of " + more + " samples");
    } else {
      demand.accumulateAndGet(more, EventSubscription::saturated);
    }
    LockSupport.unpark(thread);
  }

  /** Long.MAX_VALUE stands for no bound. */
  private static long saturated(long demand, long more) {
    return demand > Long.MAX_VALUE - more ? Long.MAX_VALUE : demand + more;
  }

  @Override
  public void cancel() {
    cancelled = true;
    LockSupport.unpark(thread);
  }
}
