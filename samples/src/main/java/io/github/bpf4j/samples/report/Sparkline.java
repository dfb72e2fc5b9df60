package io.github.bpf4j.samples.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last values of a series as a row of blocks; the highest of them fills its block. */
final class Sparkline {
  private static final int MOST = 28;
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";

  private final Deque<Double> values = new ArrayDeque<>();

  void add(double value) {
    if (values.size() == MOST) {
      values.removeFirst();
    }
    values.addLast(value);
  }

  @Override
  public String toString() {
    double highest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    StringBuilder row = new StringBuilder();
    for (double value : values) {
      double share = highest == 0 ? 0 : value / highest;
      row.append(BLOCKS.charAt((int) Math.round(share * (BLOCKS.length() - 1))));
    }
    return row.toString();
  }
}
