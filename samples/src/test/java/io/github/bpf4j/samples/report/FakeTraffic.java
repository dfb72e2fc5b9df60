package io.github.bpf4j.samples.report;

import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.rate.CounterSource;
import io.github.bpf4j.rate.RateSampler;

/** Counters and a clock that a test moves by hand. */
public final class FakeTraffic implements CounterSource {
  /** What the reports of tests are about. */
  static final Target TARGET = new Target(new NetworkDevice("eth7", 7), XdpMode.NATIVE, 42);

  private static final double NANOS_PER_SECOND = 1e9;

  private final long[] counters = new long[256];
  private long nanos;

  /** A sampler that has read the counters as they are. */
  public RateSampler sampler() {
    return new RateSampler(this, () -> nanos);
  }

  /** Counts packets. */
  public FakeTraffic packets(int protocol, long more) {
    counters[protocol] += more;
    return this;
  }

  /** Lets time pass. */
  FakeTraffic seconds(double more) {
    nanos += Math.round(more * NANOS_PER_SECOND);
    return this;
  }

  @Override
  public int size() {
    return counters.length;
  }

  @Override
  public void read(long[] into) {
    System.arraycopy(counters, 0, into, 0, counters.length);
  }
}
