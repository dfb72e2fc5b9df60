package io.github.bpf4j;

import io.github.bpf4j.map.Counters;
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
 * A poll of xdp1's 256 per-CPU counters: what every report of xdp1 costs.
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
  private Counters counters;
  private long[] sums;

  @Setup
  public void load() {
    counters = TestObjects.load("xdp1_kern").map("rxcnt").counters();
    sums = new long[counters.size()];
  }

  @Benchmark
  public long[] poll() {
    counters.read(sums);
    return sums;
  }
}
