package io.github.bpf4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.testing.KernelTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The short form of what {@code ./bpf4j fuzz} does; shorter still with {@code -Dbpf4j.mutations=N},
 * for machines that are emulated.
 */
@KernelTest
final class MutationFuzzTest {
  private static final int MUTATIONS = Integer.getInteger("bpf4j.mutations", 2_000);

  @Test
  void noMutationCrashesHangsOrLeaks() throws IOException, InterruptedException {
    MutationFuzz fuzz = new MutationFuzz(Fuzz.SEEDS, List.of(), Path.of("target/fuzz"));
    fuzz.run(0, MUTATIONS);
    assertEquals(List.of(), fuzz.failures());
    assertEquals(MUTATIONS, fuzz.outcomes().values().stream().mapToInt(Integer::intValue).sum());
    for (String outcome :
        List.of("malformed", "refused by libbpf", "opened, not loaded", "loaded")) {
      int times = fuzz.outcomes().getOrDefault(outcome, 0);
      assertTrue(times > MUTATIONS / 50, outcome + ": " + fuzz.outcomes());
    }
  }
}
