package io.github.bpf4j.uapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last lines of a verifier's log. */
final class VerifierStatisticsTest {
  private static final String PROCESSED =
      "processed 1201 insns (limit 1000000) max_states_per_insn 4 total_states 61 peak_states 42";

  @Test
  void allThatTheKernelTells() {
    String log =
        "0: (b7) r0 = 0\nverification time 153 usec\nstack depth 64+8+0\n"
            + PROCESSED
            + " mark_read 7\n";
    assertEquals(
        Optional.of(
            new VerifierStatistics(
                1201,
                1_000_000,
                4,
                61,
                42,
                List.of(64, 8, 0),
                Optional.of(Duration.ofNanos(153_000)))),
        VerifierStatistics.of(log));
    assertEquals(72, VerifierStatistics.of(log).orElseThrow().stackDepth());
  }

  @Test
  void withoutStatisticsThereIsOneLine() {
    VerifierStatistics statistics = VerifierStatistics.of(PROCESSED + "\n").orElseThrow();
    assertEquals(1201, statistics.instructions());
    assertEquals(List.of(), statistics.stackDepths());
    assertEquals(0, statistics.stackDepth());
    assertEquals(Optional.empty(), statistics.time());
  }

  @Test
  void onlyTheEndOfALongLogIsLookedAt() {
    String log = PROCESSED.replace("1201", "7") + "\n" + "x".repeat(5000) + "\n" + PROCESSED;
    assertEquals(1201, VerifierStatistics.of(log).orElseThrow().instructions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "processed insns", "r1 = processed 12 insns (limit 3)"})
  void whatTellsNothingIsNothing(String log) {
    assertEquals(Optional.empty(), VerifierStatistics.of(log));
  }
}
