package io.github.bpf4j;

import io.github.bpf4j.map.Counters;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** What a ring buffer had no room for, counted by BPF programs in an array beside it. */
final class DropCounter implements LongSupplier {
  /** Behind the name of the ring buffer. */
  static final String SUFFIX = "_dropped";

  private final Counters counters;
  private final long[] values;

  /**
   * @param map an array of numbers
   * @throws io.github.bpf4j.error.BpfException when it is none
   */
  DropCounter(BpfMap map) {
    this.counters = map.counters();
    this.values = new long[counters.size()];
  }

  @Override
  public synchronized long getAsLong() {
    counters.read(values);
    return Arrays.stream(values).sum();
  }
}
