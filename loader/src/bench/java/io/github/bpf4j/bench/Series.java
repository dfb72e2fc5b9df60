package io.github.bpf4j.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * What one contestant took, round by round.
 *
 * @param name of the contestant
 * @param unit of the values
 * @param values in the order of the rounds
 */
record Series(String name, String unit, double... values) {
  double median() {
    return quantile(0.5);
  }

  double least() {
    return quantile(0);
  }

  double most() {
    return quantile(1);
  }

  /** Between the values that stand beside it, as much of each as it is near to them. */
  private double quantile(double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = part * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** The median of the quotients round by round: what disturbs a round disturbs both. */
  double ratioTo(Series other) {
    double[] ratios = new double[values.length];
    Arrays.setAll(ratios, i -> values[i] / other.values[i]);
    return new Series(name, "", ratios).median();
  }

  /** A number with three digits that say something, and no more. */
  static String text(double number) {
    double size = Math.abs(number);
    String format = size >= 100 || size == 0 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, number);
  }
}
