package io.github.bpf4j.map;

import io.github.bpf4j.error.BpfException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a batch of updates got. They go in one after the other, and the first that fails ends the
 * batch: those before it are in the map, it and those after it are not.
 *
 * <p>Immutable.
 *
 * @param <K> the keys
 */
public final class BatchResult<K> {
  private final int done;
  private final @Nullable K failed;
  private final @Nullable BpfException reason;

  BatchResult(int done, @Nullable K failed, @Nullable BpfException reason) {
    this.done = done;
    this.failed = failed;
    this.reason = reason;
  }

  /** How many entries went in. */
  public int done() {
    return done;
  }

  /** Whether all of them went in. */
  public boolean isComplete() {
    return reason == null;
  }

  /** The key of the entry that did not go in and ended the batch. */
  public Optional<K> failed() {
    return Optional.ofNullable(failed);
  }

  /** Why it did not: errno E2BIG when the map is full, EEXIST and ENOENT by {@link Update}. */
  public Optional<BpfException> reason() {
    return Optional.ofNullable(reason);
  }

  /**
   * Makes an exception of a failure.
   *
   * @throws BpfException the reason, when the batch is not complete
   */
  public void orThrow() {
    if (reason != null) {
      throw reason;
    }
  }

  @Override
  public String toString() {
    return reason == null
        ? done + " entries"
        : done + " entries, then " + failed + ": " + reason.sentence();
  }
}
