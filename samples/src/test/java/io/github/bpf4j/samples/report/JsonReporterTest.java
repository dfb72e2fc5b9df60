package io.github.bpf4j.samples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.rate.RateSampler;
import io.github.bpf4j.samples.cli.OutputClosedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JsonReporterTest {
  private final FakeTraffic traffic = new FakeTraffic();
  private final RateSampler rates = traffic.sampler();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final JsonReporter reporter = new JsonReporter(out, FakeTraffic.TARGET);

  private String report() {
    out.reset();
    rates.sample();
    reporter.report(rates);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsOneObjectOnALineForEachReport() throws Exception {
    for (int i = 0; i < 3; i++) {
      traffic.packets(6, 10).seconds(1);
      String line = report();
      assertEquals(line.length() - 1, line.indexOf('\n'), line);
      Json.object(line);
    }
  }

  @Test
  void saysWhatItIsAbout() throws Exception {
    traffic.seconds(2);
    Map<String, Object> report = Json.object(report());
    assertEquals(
        List.of(
            "time", "interface", "ifindex", "mode", "programId", "intervalSeconds", "protocols"),
        List.copyOf(report.keySet()));
    assertEquals("eth7", report.get("interface"));
    assertEquals(7L, report.get("ifindex"));
    assertEquals("native", report.get("mode"));
    assertEquals(42L, report.get("programId"));
    assertEquals(2.0, report.get("intervalSeconds"));
    assertEquals(List.of(), report.get("protocols"));
  }

  @Test
  void timeIsNowInIso8601() throws Exception {
    Instant time = Instant.parse(String.valueOf(Json.object(report()).get("time")));
    assertTrue(Duration.between(time, Instant.now()).abs().toSeconds() < 60, time.toString());
  }

  @Test
  void givesEachProtocolItsNumbers() throws Exception {
    traffic.packets(17, 5).seconds(1);
    report();
    traffic.packets(17, 30).packets(132, 3).seconds(1.5);
    Map<String, Object> report = Json.object(report());
    assertEquals(1.5, report.get("intervalSeconds"));
    Map<Integer, Map<String, Object>> protocols = Json.protocols(report);
    assertEquals(Set.of(17, 132), protocols.keySet());
    assertEquals(
        Map.of(
            "number", 17L, "name", "UDP", "packets", 30L, "total", 35L, "packetsPerSecond", 20.0),
        protocols.get(17));
    assertEquals(
        Map.of("number", 132L, "name", "SCTP", "packets", 3L, "total", 3L, "packetsPerSecond", 2.0),
        protocols.get(132));
  }

  @Test
  void keepsProtocolsThatAreIdleNow() throws Exception {
    traffic.packets(6, 5).seconds(1);
    report();
    traffic.seconds(1);
    Map<Integer, Map<String, Object>> protocols = Json.protocols(Json.object(report()));
    assertEquals(
        Map.of("number", 6L, "name", "TCP", "packets", 0L, "total", 5L, "packetsPerSecond", 0.0),
        protocols.get(6));
  }

  @Test
  void quotesStrangeInterfaceNames() throws Exception {
    String name = "a\"b\\c\u00fc";
    new JsonReporter(out, new Target(new NetworkDevice(name, 3), XdpMode.SKB, 1)).report(rates);
    Map<String, Object> report = Json.object(out.toString(StandardCharsets.UTF_8));
    assertEquals(name, report.get("interface"));
    assertEquals("skb", report.get("mode"));
  }

  @Test
  void saysWhenNobodyReads() {
    JsonReporter toNobody = new JsonReporter(new ClosedStream(), FakeTraffic.TARGET);
    assertThrows(OutputClosedException.class, () -> toNobody.report(rates));
  }

  @Test
  void leavesTheStreamOpen() {
    boolean[] closed = new boolean[1];
    ByteArrayOutputStream stream =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    new JsonReporter(stream, FakeTraffic.TARGET).report(rates);
    assertTrue(stream.size() > 0);
    assertFalse(closed[0]);
  }
}
