package io.github.bpf4j.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Contestants that do the same. They run in turn: A B C, C B A, A B C, …; what the machine does
 * besides then meets all of them.
 *
 * @param title says what they do
 * @param unit of {@link Quantity#TIME} and {@link Quantity#RATE}, empty where there is neither
 * @param contestants the first one is bpf4j, the second one what it is compared with
 */
record Contest(String title, String unit, List<Contestant> contestants) {
  /**
   * All that was measured.
   *
   * @param series of each contestant, in their order, by what was measured
   */
  record Result(String title, Map<Quantity, List<Series>> series) {}

  Result run(int rounds) throws Exception {
    Map<Quantity, List<double[]>> values = new EnumMap<>(Quantity.class);
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < contestants.size(); turn++) {
        int which = round % 2 == 0 ? turn : contestants.size() - 1 - turn;
        Contestant contestant = contestants.get(which);
        System.err.printf("%s: round %d of %d: %s%n", title, round + 1, rounds, contestant.name());
        for (Map.Entry<Quantity, Double> figure : contestant.round().run().entrySet()) {
          List<double[]> all = values.computeIfAbsent(figure.getKey(), _ -> empty(rounds));
          all.get(which)[round] = figure.getValue();
        }
      }
    }
    Map<Quantity, List<Series>> series = new EnumMap<>(Quantity.class);
    values.forEach((quantity, all) -> series.put(quantity, named(quantity, all)));
    return new Result(title, series);
  }

  private List<double[]> empty(int rounds) {
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < contestants.size(); i++) {
      double[] values = new double[rounds];
      Arrays.fill(values, Double.NaN);
      all.add(values);
    }
    return all;
  }

  private List<Series> named(Quantity quantity, List<double[]> all) {
    String of = quantity.unit.isEmpty() ? unit : quantity.unit;
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      series.add(new Series(contestants.get(i).name(), of, all.get(i)));
    }
    return series;
  }
}
