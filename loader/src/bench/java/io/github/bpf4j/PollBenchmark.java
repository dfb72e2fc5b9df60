package io.github.bpf4j;

import io.github.bpf4j.map.Counters;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.testing.TestObjects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What every report of xdp1 costs: a poll of its 256 per-CPU counters, and a look whether the
 * program is still on the device.
 *
 * <p>The object goes with the process. JMH counts what a tear-down allocates, such as the classes
 * that a close loads, as the last iteration's; what is left is JMH's own, some kilobytes for each
 * iteration whatever its length.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class PollBenchmark {
  private XdpWatch watch;
  private Counters counters;
  private long[] sums;

  @Setup
  public void load() {
    watch = new XdpWatch(NetworkDevice.of("lo"));
    counters = TestObjects.load("xdp1_kern").map("rxcnt").counters();
    sums = new long[counters.size()];
  }

  @Benchmark
  public long[] poll() {
    counters.read(sums);
    return sums;
  }

  @Benchmark
  public boolean look() {
    return watch.look();
  }
}
