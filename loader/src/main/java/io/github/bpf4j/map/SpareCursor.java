package io.github.bpf4j.map;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps one cursor, with its memory, for the next reading of a whole map. */
final class SpareCursor {
  private final RawMap map;
  private final AtomicReference<@Nullable EntryCursor> spare = new AtomicReference<>();

  SpareCursor(RawMap map) {
    this.map = map;
  }

  /** A cursor before the first entry, the caller's alone. */
  EntryCursor take() {
    @Nullable EntryCursor kept = spare.getAndSet(null);
    if (kept == null) {
      return EntryCursor.reading(map);
    }
    kept.rewind();
    return kept;
  }

  /** Gives it back; one that is not given back is only memory for the garbage collector. */
  void give(EntryCursor cursor) {
    spare.setRelease(cursor);
  }
}
