package io.github.bpf4j.samples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.rate.RateSampler;
import io.github.bpf4j.samples.cli.OutputClosedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveReporterTest {
  private static final String ESCAPE = "\u001b";

  /** As wide as terminals have always been: a line that wraps would spoil the redraw. */
  private static final int TERMINAL_WIDTH = 80;

  private final FakeTraffic traffic = new FakeTraffic();
  private final RateSampler rates = traffic.sampler();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final LiveReporter reporter = new LiveReporter(out, FakeTraffic.TARGET);

  private String report() {
    out.reset();
    rates.sample();
    reporter.report(rates);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void drawsATable() {
    traffic.packets(6, 1234).packets(0, 2).seconds(1);
    assertEquals(
        """
        eth7, native mode, program 42
        PROTO  NAME                   PKT/S         TOTAL
            0  not IP                     2             2  █
            6  TCP                     1234          1234  █
        """,
        report());
  }

  @Test
  void redrawsOverWhatItDrew() {
    traffic.packets(6, 8).seconds(1);
    assertFalse(report().contains(ESCAPE), "nothing to go back over at first");
    traffic.packets(6, 4).packets(17, 1).seconds(1);
    String second = report();
    assertTrue(second.startsWith(ESCAPE + "[3A" + ESCAPE + "[J" + "eth7"), second);
    assertEquals(List.of(6, 17), protocols(second));
    traffic.seconds(1);
    String third = report();
    assertTrue(third.startsWith(ESCAPE + "[4A" + ESCAPE + "[J" + "eth7"), third);
    assertEquals(List.of(6, 17), protocols(third), "idle protocols keep their rows");
  }

  @Test
  void showsTheLastIntervalsOfEachProtocol() {
    for (int packets : new int[] {1, 4, 8, 0}) {
      traffic.packets(6, packets).seconds(1);
      report();
    }
    traffic.packets(6, 8).packets(17, 3).seconds(1);
    List<String> rows = report().lines().toList();
    assertTrue(rows.get(2).endsWith("8            21  ▂▅█▁█"), rows.get(2));
    assertTrue(rows.get(3).endsWith("3             3  █"), rows.get(3));
  }

  @Test
  void neverWrapsALine() {
    String drawn = "";
    for (int i = 0; i < 100; i++) {
      // The longest name of all, and more packets than a device passes in a week.
      traffic.packets(253, 1_000_000_000).seconds(1);
      drawn = report();
    }
    int widest =
        drawn
            .lines()
            .map(line -> line.replaceAll(ESCAPE + "\\[\\d*[AJ]", ""))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    assertTrue(widest <= TERMINAL_WIDTH, widest + " columns:\n" + drawn);
  }

  @Test
  void saysWhenNobodyReads() {
    LiveReporter toNobody = new LiveReporter(new ClosedStream(), FakeTraffic.TARGET);
    assertThrows(OutputClosedException.class, () -> toNobody.report(rates));
  }

  private static List<Integer> protocols(String table) {
    return table.lines().skip(2).map(row -> Integer.valueOf(row.strip().split(" ", 2)[0])).toList();
  }
}
