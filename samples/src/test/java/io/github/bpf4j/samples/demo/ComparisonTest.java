package io.github.bpf4j.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.rate.RateSampler;
import io.github.bpf4j.samples.report.FakeTraffic;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private final FakeTraffic counted = new FakeTraffic();
  private final RateSampler rates = counted.sampler();
  private final long[] sent = new long[256];

  private Comparison comparison() {
    rates.sample();
    return Comparison.of(sent, rates);
  }

  @Test
  void nothingEqualsNothing() {
    assertTrue(comparison().isEqual());
  }

  @Test
  void everyProtocolMustBeEqual() {
    sent[6] = 100;
    sent[17] = 7;
    counted.packets(6, 100).packets(17, 7);
    assertTrue(comparison().isEqual());
    counted.packets(255, 1);
    assertFalse(comparison().isEqual(), "one too many");
    sent[255] = 2;
    assertFalse(comparison().isEqual(), "one too few");
  }

  @Test
  void sumsThatAgreeAreNotEnough() {
    sent[6] = 1;
    counted.packets(17, 1);
    assertFalse(comparison().isEqual());
  }

  @Test
  void sentIsTakenAsItIsNow() {
    Comparison before = comparison();
    sent[6] = 1;
    assertTrue(before.isEqual());
  }

  @Test
  void tableShowsEachProtocolAndTheSum() {
    sent[0] = 10;
    sent[6] = 1000;
    counted.packets(0, 10).packets(6, 999).packets(17, 1);
    assertEquals(
        """

        skb mode
        PROTO  NAME                     SENT      COUNTED
            0  not IP                     10           10  equal
            6  TCP                      1000          999  DIFFERENT
           17  UDP                         0            1  DIFFERENT
               all                      1010         1010  equal
        """,
        comparison().table(XdpMode.SKB));
  }
}
