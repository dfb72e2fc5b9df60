package io.github.bpf4j.samples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bpf4j.rate.RateSampler;
import io.github.bpf4j.samples.cli.OutputClosedException;
import io.github.bpf4j.testing.Allocation;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextReporterTest {
  private final FakeTraffic traffic = new FakeTraffic();
  private final RateSampler rates = traffic.sampler();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final TextReporter reporter = new TextReporter(out);

  private String report() {
    out.reset();
    rates.sample();
    reporter.report(rates);
    return out.toString(StandardCharsets.US_ASCII);
  }

  @Test
  void printsTheLinesOfXdp1() {
    traffic.packets(17, 1234).seconds(1);
    assertEquals("proto 17:       1234 pkt/s\n", report());
  }

  @Test
  void printsProtocolsInTheirOrder() {
    traffic.packets(255, 3).packets(0, 1).packets(6, 12_345_678_901L).seconds(1);
    assertEquals(
        """
        proto 0:          1 pkt/s
        proto 6: 12345678901 pkt/s
        proto 255:          3 pkt/s
        """,
        report());
  }

  @Test
  void leavesOutProtocolsThatWereIdleInTheInterval() {
    traffic.packets(6, 10).packets(17, 20).seconds(1);
    assertEquals("proto 6:         10 pkt/s\nproto 17:         20 pkt/s\n", report());
    traffic.packets(17, 5).seconds(1);
    assertEquals("proto 17:          5 pkt/s\n", report());
    traffic.seconds(1);
    assertEquals("", report());
  }

  @ParameterizedTest
  @CsvSource({
    "3, 2, 2", // 1.5
    "5, 2, 3", // 2.5
    "1, 2.5, 0", // 0.4
    "1, 1.9, 1", // 0.53
    "1000, 1.25, 800",
    "1000, 0.5, 2000",
    "999, 1.000001, 999"
  })
  void roundsTheRateOverTheTimeThatPassed(long packets, double seconds, String rate) {
    traffic.packets(6, packets).seconds(seconds);
    assertEquals("proto 6: %10s pkt/s\n".formatted(rate), report());
  }

  @Test
  void writesAReportInOnePiece() {
    List<Integer> pieces = new ArrayList<>();
    TextReporter toPieces =
        new TextReporter(
            new OutputStream() {
              @Override
              public void write(int b) {
                pieces.add(1);
              }

              @Override
              public void write(byte[] bytes, int offset, int length) {
                pieces.add(length);
              }
            });
    toPieces.report(rates);
    assertEquals(List.of(), pieces, "nothing to say, nothing written");
    for (int protocol = 0; protocol < 256; protocol++) {
      traffic.packets(protocol, 1000);
    }
    traffic.seconds(1);
    rates.sample();
    toPieces.report(rates);
    assertEquals(1, pieces.size(), pieces.toString());
  }

  @Test
  void reportsWithoutGarbage() {
    TextReporter toNowhere = new TextReporter(OutputStream.nullOutputStream());
    Runnable interval =
        () -> {
          traffic.packets(1, 7).packets(6, 123_456).packets(17, 99).seconds(1);
          rates.sample();
          toNowhere.report(rates);
        };
    assertEquals(0.0, Allocation.bytesPerCall(1000, interval));
  }

  @Test
  void saysWhenNobodyReads() {
    TextReporter toNobody = new TextReporter(new ClosedStream());
    traffic.packets(6, 1).seconds(1);
    rates.sample();
    assertThrows(OutputClosedException.class, () -> toNobody.report(rates));
  }
}
