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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What every report of xdp1 costs: a poll of its 256 per-CPU counters, and a look whether the
 * program is still on the device. Beside the poll C over libbpf on the same map: by the same batch
 * call, and by the calls for each key of the kernel's xdp1_user.c.
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
  private static final int POLLS_OF_TWIN = 10_000;

  private XdpWatch watch;
  private Counters counters;
  private long[] sums;
  private int id;

  @Setup
  public void load() {
    watch = new XdpWatch(NetworkDevice.of("lo"));
    BpfObject object = TestObjects.load("xdp1_kern");
    counters = object.map("rxcnt").counters();
    sums = new long[counters.size()];
    id = object.map("rxcnt").info().id();
  }

  @Benchmark
  public long[] poll() {
    counters.read(sums);
    return sums;
  }

  @Benchmark
  @OperationsPerInvocation(POLLS_OF_TWIN)
  public long pollInC() {
    return Twin.run("map_user", id, "sums", POLLS_OF_TWIN);
  }

  @Benchmark
  @OperationsPerInvocation(POLLS_OF_TWIN)
  public long pollByKeyInC() {
    return Twin.run("map_user", id, "sums-by-key", POLLS_OF_TWIN);
  }

  @Benchmark
  @OperationsPerInvocation(POLLS_OF_TWIN)
  public long pollByNextKeyInC() {
    return Twin.run("map_user", id, "sums-by-next", POLLS_OF_TWIN);
  }

  @Benchmark
  public boolean look() {
    return watch.look();
  }
}
