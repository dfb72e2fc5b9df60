package io.github.bpf4j;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Records bound by BTF beside code written by hand for the same struct. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RecordBenchmark {
  record Padded(int a, int b, long c, short d, long e) {}

  record Text(int pid, String comm) {}

  private final MemorySegment segment = Arena.ofAuto().allocate(64, 8);
  private final Codec<Padded> padded;
  private final Codec<Text> text;
  private final Padded value = new Padded(1, 2, 3, (short) 4, 5);

  public RecordBenchmark() {
    try (OpenBpfObject object = TestObjects.open("shapes")) {
      padded = object.types().record("padded", Padded.class);
      text = object.types().record("text", Text.class);
    }
    segment.setString(4, "bash");
  }

  @Benchmark
  public Object readNumbers() {
    return padded.read(segment, 0);
  }

  @Benchmark
  public Object readNumbersByHand() {
    return new Padded(
        Byte.toUnsignedInt(segment.get(ValueLayout.JAVA_BYTE, 0)),
        Short.toUnsignedInt(segment.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2)),
        Integer.toUnsignedLong(segment.get(ValueLayout.JAVA_INT_UNALIGNED, 4)),
        (short) Byte.toUnsignedInt(segment.get(ValueLayout.JAVA_BYTE, 8)),
        segment.get(ValueLayout.JAVA_LONG_UNALIGNED, 16));
  }

  @Benchmark
  public void writeNumbers() {
    padded.write(segment, 32, value);
  }

  @Benchmark
  public Object readText() {
    return text.read(segment, 0);
  }

  @Benchmark
  public Object readTextByHand() {
    return new Text(
        segment.get(ValueLayout.JAVA_INT_UNALIGNED, 0),
        segment.getString(4, StandardCharsets.UTF_8));
  }
}
