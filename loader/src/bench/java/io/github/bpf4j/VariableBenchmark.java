package io.github.bpf4j;

import io.github.bpf4j.codec.Codec;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Global variables of a loaded object, beside the C twin that reads the same one in a loop. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VariableBenchmark {
  private static final int READS = 1000;

  /** So many that starting the process and loading the object is lost among them. */
  private static final int READS_OF_TWIN = 2_000_000_000;

  record Settings(long limit, boolean enabled, long mask) {}

  private BpfObject object;
  private GlobalVariable number;
  private GlobalVariable array;
  private GlobalVariable struct;
  private Codec<Settings> settings;
  private final Settings value = new Settings(1, true, 2);

  @Setup
  public void load() {
    object = TestObjects.load("variables");
    number = object.variable("total");
    array = object.variable("in_matrix");
    struct = object.variable("in_settings");
    settings = struct.codec(Settings.class);
  }

  @Benchmark
  public long getLong() {
    return number.getLong();
  }

  @Benchmark
  public long getElement() {
    return array.getLong(4);
  }

  @Benchmark
  public void setLong() {
    number.setLong(1);
  }

  @Benchmark
  public long getAndAdd() {
    return number.getAndAdd(1);
  }

  @Benchmark
  public Object getRecord() {
    return struct.get(settings);
  }

  @Benchmark
  public void setRecord() {
    struct.set(settings, value);
  }

  @Benchmark
  @OperationsPerInvocation(READS)
  public long loop() {
    long sum = 0;
    for (int i = 0; i < READS; i++) {
      sum += number.getLong();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(READS_OF_TWIN)
  public long loopInC() {
    return Twin.run("variable_user", TestObjects.file("few_variables"), ".bss", 0, READS_OF_TWIN);
  }

  @TearDown
  public void close() {
    object.close();
  }
}
