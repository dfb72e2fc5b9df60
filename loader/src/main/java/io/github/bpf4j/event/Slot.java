package io.github.bpf4j.event;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Receives one sample. */
final class Slot<T> implements SampleHandler {
  private final TypedEvents<T> events;
  private @Nullable T value;

  Slot(TypedEvents<T> events) {
    this.events = events;
  }

  @Override
  public void sample(MemorySegment data, long offset, int length) {
    value = events.read(data, offset, length);
  }

  /** Hands out what was received, and forgets it. */
  T take() {
    T taken = value;
    if (taken == null) {
      throw new IllegalStateException("no sample was received");
    }
    value = null;
    return taken;
  }
}
