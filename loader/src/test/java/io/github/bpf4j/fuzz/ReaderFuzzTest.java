package io.github.bpf4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds, what broke the reader once, and some mutations of each, through Java alone. */
final class ReaderFuzzTest {
  private static final int MUTATIONS = 1_000;

  static List<Path> inputs() throws IOException {
    try (Stream<Path> once = Files.list(Path.of("src/test/fuzz"))) {
      return Stream.concat(Fuzz.SEEDS.stream(), once.sorted()).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void anInputIsReadOrRefused(Path input) throws IOException {
    byte[] bytes = Files.readAllBytes(input);
    assertDoesNotThrow(() -> ReaderFuzz.fuzzerTestOneInput(bytes));
  }

  static List<Path> seeds() {
    return Fuzz.SEEDS;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mutationsAreReadOrRefused(Path seed) throws IOException {
    Mutator mutator = new Mutator(Files.readAllBytes(seed));
    for (int number = 0; number < MUTATIONS; number++) {
      byte[] object = mutator.mutate(number);
      assertDoesNotThrow(() -> ReaderFuzz.fuzzerTestOneInput(object), "number " + number);
    }
  }
}
