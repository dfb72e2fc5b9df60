package io.github.bpf4j.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrowthTest {
  @ParameterizedTest
  @CsvSource({
    "10, 3, 64, 7",
    "3, 3, 64, 0",
    "3, 10, 64, 3", // reset
    "3, -5, 64, 8", // wrapped at 2^64
    "-9223372036854775801, 9223372036854775807, 64, 8", // past 2^63
    "10, 3, 32, 7",
    "3, 4294967291, 32, 8", // wrapped at 2^32
    "3, 10, 32, 3",
    "2147483650, 2147483640, 32, 10", // past 2^31
    "5, 65530, 16, 11",
    "5, 250, 8, 11",
    "100, 99, 8, 1",
    // Two CPUs' 32-bit counters summed: one of them wrapped, from 2^32 - 5 to 3.
    "1003, 4294968241, 32, 58",
  })
  void growthIsModuloTheRange(long now, long before, int bits, long grown) {
    assertEquals(grown, Growth.of(now, before, bits));
  }
}
