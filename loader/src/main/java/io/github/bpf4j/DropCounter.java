package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.map.Counters;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What a ring buffer had no room for, counted by BPF programs in an array beside it. */
final class DropCounter implements LongSupplier {
  /** What stands behind the name of the ring buffer. */
  static final String SUFFIX = "_dropped";

  private final Counters counters;
  private final long[] values;

  private DropCounter(Counters counters) {
    this.counters = counters;
    this.values = new long[counters.size()];
  }

  /** Empty when the map is no array of numbers: it is named so for another reason. */
  static Optional<DropCounter> of(BpfMap map) {
    try {
      return Optional.of(new DropCounter(map.counters()));
    } catch (BpfException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized long getAsLong() {
    counters.read(values);
    return Arrays.stream(values).sum();
  }
}
