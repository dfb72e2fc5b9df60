package io.github.bpf4j.rate;

/** How much a counter grew between two readings. */
final class Growth {
  private Growth() {}

  /**
   * The difference, modulo the counter's range. Growth by half of the range or more cannot be told
   * from a step back: that is taken for a reset.
   *
   * <p>The sum of counters that wrap one by one, as each CPU's does, is read correctly too: sum and
   * difference are the same modulo the range.
   */
  static long of(long now, long before, int bits) {
    int unused = Long.SIZE - bits;
    long grown = (now - before) << unused;
    return grown >= 0 ? grown >>> unused : now;
  }
}
