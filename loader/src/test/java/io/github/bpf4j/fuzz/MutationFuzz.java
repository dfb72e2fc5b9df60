package io.github.bpf4j.fuzz;

import io.github.bpf4j.error.BpfObjectFormatException;
import io.github.bpf4j.object.ObjectCheck;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects made malformed on purpose go through the check; those that pass go on to libbpf and the
 * kernel, in another process. None may crash it, hang it or leave a file descriptor open.
 *
 * <pre>
 *   seed ─▶ Mutator ─▶ ObjectCheck ─┬─▶ refused
 *                                   └─▶ FuzzWorker: open, load, close ─▶ answer, or its end
 * </pre>
 *
 * <p>{@code fuzz.mutations}: how many in all. {@code fuzz.first}: the number to start with. {@code
 * fuzz.unchecked}: past the check, to see what it is good for. {@code fuzz.worker}: a program that
 * speaks as {@link FuzzWorker} does. {@code fuzz.failures}: a folder for the culprits.
 */
final class MutationFuzz {
  private static final String REFUSED = "refused by the check";
  private static final long SECONDS_PER_OBJECT = 20;

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final List<Path> seeds;
  private final long first = Long.getLong("fuzz.first", 0);
  private final boolean unchecked = Boolean.getBoolean("fuzz.unchecked");
  private final Path folder = Path.of(System.getProperty("fuzz.failures", "target/fuzz"));

  MutationFuzz(List<Path> seeds) {
    this.seeds = seeds;
  }

  static void main(String[] seeds) throws Exception {
    int mutations = Integer.getInteger("fuzz.mutations", 160_000);
    MutationFuzz fuzz = new MutationFuzz(Stream.of(seeds).map(Path::of).toList());
    fuzz.run(mutations);
    System.out.println(fuzz.outcomes);
    fuzz.failures.forEach(System.out::println);
    System.exit(fuzz.failures.isEmpty() ? 0 : 1);
  }

  /** What became of the objects, by outcome. */
  Map<String, Integer> outcomes() {
    return outcomes;
  }

  /** Seed, number and what went wrong. */
  List<String> failures() {
    return failures;
  }

  /** Tries that many objects, shared evenly among the seeds. */
  void run(int mutations) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (WorkerProcess worker = new WorkerProcess(command(), SECONDS_PER_OBJECT)) {
      for (Path seed : seeds) {
        Mutator mutator = new Mutator(Files.readAllBytes(seed));
        for (long number = first; number < first + mutations / seeds.size(); number++) {
          tryOut(seed, number, mutator.mutate(number), worker);
        }
      }
    }
  }

  private void tryOut(Path seed, long number, byte[] object, WorkerProcess worker)
      throws IOException, InterruptedException {
    String check = unchecked ? null : check(object);
    if (check != null) {
      if (check.equals(REFUSED)) {
        count(check);
      } else {
        failed(check, seed, number, object);
      }
      return;
    }
    switch (worker.tryOut(object)) {
      case FuzzWorker.REFUSED -> count("refused by libbpf");
      case FuzzWorker.NOT_LOADED -> count("not loaded");
      case FuzzWorker.LOADED -> count("loaded");
      case FuzzWorker.LEAKED -> failed("leaked", seed, number, object);
      case WorkerProcess.HUNG -> failed("hung", seed, number, object);
      default -> failed("crashed", seed, number, object);
    }
  }

  /** Null for an object that passes. */
  private static @Nullable String check(byte[] object) {
    try {
      ObjectCheck.check(object, "fuzz");
      return null;
    } catch (BpfObjectFormatException e) {
      return REFUSED;
    } catch (RuntimeException e) {
      return "broke the check with " + e.getClass().getSimpleName();
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

  private static List<String> command() {
    String worker = System.getProperty("fuzz.worker");
    if (worker != null) {
      return List.of(worker);
    }
    String path =
        Stream.of(
                "target/classes",
                "target/test-classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path", ""))
            .filter(part -> !part.isEmpty())
            .reduce((one, other) -> one + File.pathSeparator + other)
            .orElseThrow();
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=/dev/null",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        path,
        FuzzWorker.class.getName());
  }
}
