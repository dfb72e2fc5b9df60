package io.github.bpf4j.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Benchmarks of JMH with their twins; each round is a JVM of its own.
 *
 * @param pairs what is done, then the benchmarks that do it: the one in Java first
 */
record JmhSuite(String name, String title, String about, int rounds, List<List<String>> pairs)
    implements Suite {
  private static final int WARMUPS = 3;
  private static final int ITERATIONS = 3;

  @Override
  public List<Contest> contests() {
    List<Contest> contests = new ArrayList<>();
    for (List<String> pair : pairs) {
      List<Contestant> contestants =
          pair.subList(2, pair.size()).stream()
              .map(named -> named.split(": ", 2))
              .map(named -> new Contestant(named[0], () -> measure(named[1])))
              .toList();
      contests.add(new Contest(pair.get(0), pair.get(1), contestants));
    }
    return contests;
  }

  private static Map<Quantity, Double> measure(String benchmark) throws Exception {
    Options options =
        new OptionsBuilder()
            .include("^io\\.github\\.bpf4j\\." + benchmark.replace(".", "\\.") + "$")
            .forks(1)
            .warmupIterations(WARMUPS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(ITERATIONS)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult result = new Runner(options).runSingle();
    Map<Quantity, Double> figures = new EnumMap<>(Quantity.class);
    Result<?> primary = result.getPrimaryResult();
    boolean rate = primary.getScoreUnit().startsWith("ops/");
    figures.put(rate ? Quantity.RATE : Quantity.TIME, primary.getScore());
    if (!benchmark.endsWith("InC")) {
      figures.put(
          Quantity.ALLOCATED, result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }
    return figures;
  }
}
