package io.github.bpf4j.samples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SparklineTest {
  private final Sparkline sparkline = new Sparkline();

  private String of(double... values) {
    for (double value : values) {
      sparkline.add(value);
    }
    return sparkline.toString();
  }

  @Test
  void isEmptyAtFirst() {
    assertEquals("", sparkline.toString());
  }

  @Test
  void theHighestFillsItsBlock() {
    assertEquals("▁▂▃▄▅▆▇█", of(0, 1, 2, 3, 4, 5, 6, 7));
  }

  @Test
  void allIdleIsAFlatLine() {
    assertEquals("▁▁▁", of(0, 0, 0));
  }

  @Test
  void aNewHighestLowersTheRest() {
    assertEquals("█", of(10));
    assertEquals("▁█", of(1000));
  }

  @Test
  void forgetsTheOldest() {
    of(1_000_000);
    int longest = 0;
    for (int i = 0; i < 100; i++) {
      String row = of(1);
      assertTrue(row.length() >= longest, row);
      longest = row.length();
    }
    assertEquals("█".repeat(longest), sparkline.toString());
    assertTrue(longest < 100, "it grows without end");
  }
}
