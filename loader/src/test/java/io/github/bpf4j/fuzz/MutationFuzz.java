package io.github.bpf4j.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mutations of some seeds, tried out in a worker. The culprits are kept; seed and number make them
 * again.
 */
final class MutationFuzz {
  /** Far more than a load takes, also on a machine that has much else to do. */
  private static final Duration PER_OBJECT = Duration.ofSeconds(60);

  private final List<Path> seeds;
  private final List<String> options;
  private final Path folder;
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * @param options for the worker's JVM
   * @param folder for the culprits
   */
  MutationFuzz(List<Path> seeds, List<String> options, Path folder) {
    this.seeds = seeds;
    this.options = options;
    this.folder = folder;
  }

  /** What became of the objects, by outcome. */
  Map<String, Integer> outcomes() {
    return outcomes;
  }

  /** Seed, number and what went wrong. */
  List<String> failures() {
    return failures;
  }

  /** Tries that many objects, shared evenly among the seeds, from a number on. */
  void run(long first, int mutations) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path errors = folder.resolve("worker.log");
    byte[] good = Files.readAllBytes(seeds.getFirst());
    try (WorkerProcess worker =
        new WorkerProcess(FuzzWorker.class, options, good, PER_OBJECT, errors)) {
      int left = mutations;
      for (int i = 0; i < seeds.size(); i++) {
        Path seed = seeds.get(i);
        int share = left / (seeds.size() - i);
        left -= share;
        Mutator mutator = new Mutator(Files.readAllBytes(seed));
        long end = first + share;
        for (long number = first; number < end; number++) {
          tryOut(seed, number, mutator.mutate(number), worker);
        }
      }
    }
  }

  private void tryOut(Path seed, long number, byte[] object, WorkerProcess worker)
      throws IOException, InterruptedException {
    switch (worker.tryOut(object)) {
      case FuzzWorker.MALFORMED -> count("malformed");
      case FuzzWorker.REFUSED -> count("refused by libbpf");
      case FuzzWorker.LARGE -> count("opened, too large to load");
      case FuzzWorker.NOT_LOADED -> count("opened, not loaded");
      case FuzzWorker.LOADED -> count("loaded");
      case FuzzWorker.LEAKED -> failed("leaked", seed, number, object);
      case FuzzWorker.THREW -> failed("threw", seed, number, object);
      case WorkerProcess.HUNG -> failed("hung", seed, number, object);
      default -> failed("crashed", seed, number, object);
    }
  }

  private void failed(String outcome, Path seed, long number, byte[] object) throws IOException {
    count(outcome);
    Path kept = folder.resolve(outcome + "-" + number + "-" + seed.getFileName());
    Files.write(kept, object);
    failures.add(outcome + ": number " + number + " of " + seed + ", kept as " + kept);
  }

  private void count(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }
}
