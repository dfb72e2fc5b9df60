package io.github.bpf4j.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.testing.Allocation;
import org.junit.jupiter.api.Test;

/** Rates from counters and a clock that the test sets. */
final class RateSamplerTest {
  private static final long SECOND = 1_000_000_000;

  private final long[] counters = {10, 0, 7};
  private final CounterSource source = new Counters();
  private long clock = 5 * SECOND;

  private final class Counters implements CounterSource {
    @Override
    public int size() {
      return counters.length;
    }

    @Override
    public void read(long[] into) {
      System.arraycopy(counters, 0, into, 0, counters.length);
    }
  }

  @Test
  void beforeTheFirstSampleThereAreTotalsAndNoRates() {
    RateSampler sampler = sampler();
    assertEquals(3, sampler.size());
    assertEquals(10, sampler.total(0));
    assertEquals(0, sampler.delta(0));
    assertEquals(0, sampler.perSecond(0));
    assertEquals(0, sampler.intervalNanos());
  }

  @Test
  void theFirstSampleCoversTheTimeSinceTheSamplerWasMade() {
    RateSampler sampler = sampler();
    counters[0] += 300;
    clock += 2 * SECOND;
    sampler.sample();
    assertEquals(310, sampler.total(0));
    assertEquals(300, sampler.delta(0));
    assertEquals(150.0, sampler.perSecond(0));
    assertEquals(0.0, sampler.perSecond(2));
  }

  @Test
  void theMeasuredIntervalCountsNotTheNominalOne() {
    RateSampler sampler = sampler();
    for (int turn = 1; turn <= 5; turn++) {
      counters[1] += 1000;
      clock += turn * SECOND / 4;
      sampler.sample();
      assertEquals(turn * SECOND / 4, sampler.intervalNanos());
      assertEquals(1000, sampler.delta(1));
      assertEquals(4000.0 / turn, sampler.perSecond(1), 1e-9);
    }
    assertEquals(5000, sampler.total(1));
  }

  @Test
  void aCounterThatWasResetShowsWhatItCountedSince() {
    RateSampler sampler = sampler();
    counters[0] = 4;
    clock += SECOND;
    sampler.sample();
    assertEquals(4, sampler.delta(0));
    assertEquals(4.0, sampler.perSecond(0));
    counters[0] = 6;
    clock += SECOND;
    sampler.sample();
    assertEquals(2, sampler.delta(0));
  }

  @Test
  void aCounterThatWrapsGoesOn() {
    counters[0] = -5; // 2^64 - 5
    counters[1] = Long.MAX_VALUE;
    RateSampler sampler = sampler();
    counters[0] += 8;
    counters[1] += 8;
    clock += SECOND;
    sampler.sample();
    assertEquals(8, sampler.delta(0));
    assertEquals(3, sampler.total(0));
    assertEquals(8, sampler.delta(1), "past 2^63");
  }

  @Test
  void anIntervalOfZeroHasNoRate() {
    RateSampler sampler = sampler();
    counters[0]++;
    sampler.sample();
    assertEquals(1, sampler.delta(0));
    assertEquals(0.0, sampler.perSecond(0));
    assertEquals(0, sampler.intervalNanos());
  }

  @Test
  void aClockMayStandBelowZeroAndWrap() {
    clock = Long.MAX_VALUE - SECOND / 2;
    RateSampler sampler = sampler();
    counters[0] += 50;
    clock += SECOND;
    sampler.sample();
    assertEquals(SECOND, sampler.intervalNanos());
    assertEquals(50.0, sampler.perSecond(0));
  }

  @Test
  void aFailedReadingLeavesTheSamplerAsItWas() {
    boolean[] fails = {false};
    RateSampler sampler =
        new RateSampler(
            new CounterSource() {
              @Override
              public int size() {
                return source.size();
              }

              @Override
              public void read(long[] into) {
                if (fails[0]) {
                  throw new IllegalStateException("not now");
                }
                source.read(into);
              }
            },
            () -> clock);
    advance(sampler, 100);
    fails[0] = true;
    assertThrows(IllegalStateException.class, () -> advance(sampler, 20));
    assertEquals(100, sampler.delta(0));
    assertEquals(110, sampler.total(0));
    fails[0] = false;
    advance(sampler, 20);
    assertEquals(40, sampler.delta(0));
    assertEquals(2 * SECOND, sampler.intervalNanos());
    assertEquals(20.0, sampler.perSecond(0));
  }

  private void advance(RateSampler sampler, long count) {
    counters[0] += count;
    clock += SECOND;
    sampler.sample();
  }

  @Test
  void theRealClockMeasuresRealTime() throws InterruptedException {
    RateSampler sampler = new RateSampler(source);
    Thread.sleep(20);
    sampler.sample();
    long nanos = sampler.intervalNanos();
    assertTrue(nanos >= 20_000_000L && nanos < 20 * SECOND, nanos + " ns");
  }

  @Test
  void samplingAllocatesNothing() {
    RateSampler sampler = sampler();
    double[] rates = new double[counters.length];
    assertEquals(
        0,
        Allocation.bytesPerCall(
            10_000,
            () -> {
              counters[0]++;
              clock += 1000;
              sampler.sample();
              rates[0] = sampler.perSecond(0) + sampler.delta(0) + sampler.total(0);
            }));
  }

  private RateSampler sampler() {
    return new RateSampler(source, () -> clock);
  }
}
