package io.github.bpf4j.event;

import java.time.Duration;
import java.util.Spliterators;
import java.util.function.Consumer;

/** Samples one by one, each taken when it is asked for. */
final class Samples<T> extends Spliterators.AbstractSpliterator<T> {
  static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  private final EventSource source;
  private final Slot<T> slot;

  Samples(TypedEvents<T> events) {
    super(Long.MAX_VALUE, ORDERED | NONNULL);
    this.source = events.source();
    this.slot = new Slot<>(events);
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    if (!takeOne()) {
      return false;
    }
    action.accept(slot.take());
    return true;
  }

  private boolean takeOne() {
    try {
      return !source.isClosed() && source.poll(FOR_EVER, slot, 1) > 0;
    } catch (IllegalStateException e) {
      if (source.isClosed()) {
        return false; // since the look
      }
      throw e;
    }
  }
}
