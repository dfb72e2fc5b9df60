package io.github.bpf4j.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel's lists of CPUs. */
final class OnlineCpusTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0; {0}", "0-3; {0, 1, 2, 3}", "0,2; {0, 2}", "1-2,5,8-9; {1, 2, 5, 8, 9}"})
  void rangesAndSingleOnes(String list, String cpus) {
    assertEquals(cpus, OnlineCpus.parse(list).toString());
  }

  @Test
  void thisMachineHasSome() {
    assertFalse(OnlineCpus.read().isEmpty());
  }
}
