package io.github.bpf4j.fuzz;

import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./bpf4j fuzz}: mutations through libbpf, then Jazzer's inputs through the reader. */
final class Fuzz {
  private static final String USAGE =
      """
      Usage: ./bpf4j fuzz [OPTION...] [SEED.o...]

        --mutations N   how many objects go through libbpf, shared among the seeds (160000)
        --first N       the number of the first mutation of each seed (0)
        --seconds N     how long Jazzer tries the reader (60; 0: not at all)
        --libbpf PATH   the libbpf to try, instead of the system's
        --folder PATH   where culprits are kept (loader/target/fuzz)

      Without seeds: objects of the tests. Fails when one crashed, hung, leaked or threw.
      """;

  /** Objects of every kind that libbpf treats in a way of its own. */
  static final List<Path> SEEDS =
      List.of(
          TestObjects.file("xdp1_kern"),
          TestObjects.file("maps"),
          TestObjects.file("map_in_map"),
          TestObjects.file("globals"),
          TestObjects.file("callback"),
          TestObjects.file("core"),
          TestObjects.file("struct_ops"),
          TestObjects.file("legacy_xdp1"),
          TestObjects.file("legacy_zoo"));

  private final List<Path> seeds = new ArrayList<>();
  private final List<String> workerOptions = new ArrayList<>();
  private int mutations = 160_000;
  private long first;
  private int seconds = 60;
  private Path folder = Path.of("target/fuzz");

  private Fuzz() {}

  static void main(String[] arguments) throws IOException, InterruptedException {
    Fuzz fuzz = new Fuzz();
    try {
      fuzz.read(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
    }
    boolean good = fuzz.mutate();
    System.exit(fuzz.jazzer() && good ? 0 : 1);
  }

  private void read(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("-")) {
        seeds.add(Path.of(argument));
      } else if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(argument + " takes a value");
      } else {
        set(argument, arguments.get(++i));
      }
    }
    if (seeds.isEmpty()) {
      seeds.addAll(SEEDS);
    }
  }

  private void set(String option, String value) {
    switch (option) {
      case "--mutations" -> mutations = Integer.parseInt(value);
      case "--first" -> first = Long.parseLong(value);
      case "--seconds" -> seconds = Integer.parseInt(value);
      case "--libbpf" -> workerOptions.add("-Dbpf4j.libbpf=" + value);
      case "--folder" -> folder = Path.of(value);
      default -> throw new IllegalArgumentException("there is no option " + option);
    }
  }

  private boolean mutate() throws IOException, InterruptedException {
    MutationFuzz fuzz = new MutationFuzz(seeds, workerOptions, folder);
    fuzz.run(first, mutations);
    System.out.println("mutations: " + fuzz.outcomes());
    fuzz.failures().forEach(System.out::println);
    return fuzz.failures().isEmpty();
  }

  /** In a process of its own, because it instruments every class that is loaded. */
  private boolean jazzer() throws IOException, InterruptedException {
    if (seconds == 0) {
      return true;
    }
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (Path seed : seeds) {
      Files.write(corpus.resolve(seed.getFileName().toString()), Files.readAllBytes(seed));
    }
    Path log = folder.resolve("jazzer.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + ReaderFuzz.class.getName(),
                "--instrumentation_includes=io.github.bpf4j.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + seconds,
                corpus.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean good = process.waitFor() == 0;
    System.out.println("reader: " + inputs(log) + (good ? ", nothing found" : ", see " + log));
    return good;
  }

  /** Such as {@code "53362 runs in 60 second(s)"}. */
  private static String inputs(Path log) throws IOException {
    String done = "Done ";
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith(done))
        .map(line -> line.substring(done.length()))
        .findFirst()
        .orElse("ended early");
  }
}
