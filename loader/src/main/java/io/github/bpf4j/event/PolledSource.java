package io.github.bpf4j.event;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A source in a poller, and what takes its samples. */
final class PolledSource implements SampleHandler {
  private final EventSource source;
  private final SampleHandler handler;
  private @Nullable IllegalStateException thrown;

  PolledSource(EventSource source, SampleHandler handler) {
    this.source = source;
    this.handler = handler;
  }

  boolean isClosed() {
    return source.isClosed();
  }

  /** Takes what is there; nothing when the source is closed, though it be so just now. */
  int drain() {
    if (source.isClosed()) {
      return 0;
    }
    try {
      return source.drain(this);
    } catch (IllegalStateException e) {
      if (source.isClosed() && !e.equals(thrown)) {
        return 0;
      }
      throw e;
    }
  }

  @Override
  public void sample(MemorySegment data, long offset, int length) {
    try {
      handler.sample(data, offset, length);
    } catch (IllegalStateException e) {
      thrown = e; // not to be taken for that of a closed source
      throw e;
    }
  }
}
