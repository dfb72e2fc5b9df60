package io.github.bpf4j.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Runs the suites that are named, or all but the one that takes twenty minutes. */
public final class Bench {
  private static final Map<String, Callable<Suite>> SUITES = new LinkedHashMap<>();
  private static final String LONG = "steady";

  static {
    SUITES.put("start", StartSuite::new);
    SUITES.put("poll", LoopSuites::poll);
    SUITES.put("map", LoopSuites::map);
    SUITES.put("ring", LoopSuites::ring);
    SUITES.put("packets", PacketSuite::new);
    SUITES.put(LONG, SteadySuite::new);
  }

  private Bench() {}

  public static void main(String[] args) throws Exception {
    List<String> names = new ArrayList<>(args.length == 0 ? SUITES.keySet() : List.of(args));
    if (args.length == 0) {
      names.remove(LONG);
    }
    Map<String, String> machine = Machine.facts();
    for (String name : names) {
      try (Suite suite = SUITES.get(name).call()) {
        List<Contest.Result> results = new ArrayList<>();
        for (Contest contest : suite.contests()) {
          results.add(contest.run(suite.rounds()));
        }
        Report.write(suite, results, machine);
      }
      Report.join(List.copyOf(SUITES.keySet()));
    }
  }
}
