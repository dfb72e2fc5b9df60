package io.github.bpf4j.event;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Polling while a program on another CPU sends as fast as it can: how many records a second come
 * through ({@code records}), beside {@code ring_buffer__poll} with a callback in C. Takes a machine
 * with two CPUs that have nothing else to do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
public class RingDeliveryBenchmark {
  private static final int RING_BYTES = 4 << 20;
  private static final int BURST = 10_000;
  private static final int WAIT_MILLIS = 100;
  private static final Duration WAIT = Duration.ofMillis(WAIT_MILLIS);

  private final RingObject object = RingObject.load(RING_BYTES);
  private final RingBuffer ring = object.open();
  private final CRing counting = CRing.open(object, "count");
  private Thread producer;
  private volatile boolean stop;
  private long taken;

  /** What came through. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Delivered {
    public long records;
  }

  @Setup(Level.Iteration)
  public void start() {
    stop = false;
    producer =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop) {
                    object.send("small_waking", BURST);
                  }
                });
  }

  @TearDown(Level.Iteration)
  public void stop() throws InterruptedException {
    stop = true;
    producer.join();
    ring.drain((_, _, _) -> {});
  }

  @Benchmark
  public long poll(Delivered delivered) {
    delivered.records += ring.poll(WAIT, (_, _, _) -> taken++);
    return taken;
  }

  @Benchmark
  public void pollInC(Delivered delivered) {
    delivered.records += counting.poll(WAIT_MILLIS);
  }

  @TearDown
  public void close() {
    ring.close();
    counting.close();
    object.close();
  }
}
