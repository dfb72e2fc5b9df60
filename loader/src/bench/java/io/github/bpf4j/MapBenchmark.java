package io.github.bpf4j;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.map.EntryCursor;
import io.github.bpf4j.map.LongHash;
import io.github.bpf4j.map.TypedHash;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

/**
 * One entry of a hash read and written, at each level of the library, beside C over libbpf on the
 * same map.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(1)
public class MapBenchmark {
  private static final int ENTRIES = 1 << 10;
  private static final int TIMES_OF_TWIN = 2_000_000;

  private OwnedBpfMap map;
  private LongHash longs;
  private TypedHash<Integer, Long> typed;
  private MemorySegment key;
  private MemorySegment value;
  private int id;
  private int next;

  @Setup
  public void make() {
    map = BpfMap.create(MapSpec.of(BpfMapType.HASH, 4, 8, ENTRIES));
    longs = map.longHash();
    typed = map.hash(Codec.s32(), Codec.s64());
    key = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
    value = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);
    id = map.info().id();
    for (int i = 0; i < ENTRIES; i++) {
      longs.update(i, i);
    }
  }

  private int next() {
    return next++ & (ENTRIES - 1);
  }

  @Benchmark
  public boolean lookupRaw() {
    key.set(ValueLayout.JAVA_INT, 0, next());
    return map.lookup(key, value, 0);
  }

  @Benchmark
  public long lookupLong() {
    return longs.lookup(next(), -1);
  }

  @Benchmark
  public Object lookupTyped() {
    return typed.lookup(next());
  }

  @Benchmark
  @OperationsPerInvocation(TIMES_OF_TWIN)
  public long lookupInC() {
    return Twin.run("map_user", id, "lookup", TIMES_OF_TWIN);
  }

  @Benchmark
  public boolean updateRaw() {
    int number = next();
    key.set(ValueLayout.JAVA_INT, 0, number);
    value.set(ValueLayout.JAVA_LONG, 0, number);
    return map.update(key, value, 0);
  }

  @Benchmark
  public void updateLong() {
    int number = next();
    longs.update(number, number);
  }

  @Benchmark
  public void updateTyped() {
    int number = next();
    typed.update(number, (long) number);
  }

  @Benchmark
  @OperationsPerInvocation(TIMES_OF_TWIN)
  public long updateInC() {
    return Twin.run("map_user", id, "update", TIMES_OF_TWIN);
  }

  @TearDown
  public void close() {
    map.close();
  }

  /** All of a hash of a million entries; each key and value is looked at. */
  @State(Scope.Thread)
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Warmup(iterations = 3, time = 2)
  @Measurement(iterations = 7, time = 2)
  @Fork(1)
  public static class Dump {
    private static final int MILLION = 1_000_000;
    private static final int DUMPS_OF_TWIN = 10;

    private OwnedBpfMap map;
    private LongHash longs;
    private EntryCursor cursor;
    private int id;
    private long sum;

    @Setup
    public void make() {
      map = BpfMap.create(MapSpec.of(BpfMapType.HASH, 4, 8, MILLION));
      longs = map.longHash();
      cursor = EntryCursor.reading(map);
      id = map.info().id();
      for (int i = 0; i < MILLION; i++) {
        longs.update(i, i);
      }
    }

    @Benchmark
    public long dumpRaw() {
      sum = 0;
      cursor.rewind();
      while (cursor.next()) {
        sum +=
            cursor.keys().get(ValueLayout.JAVA_INT, cursor.keyOffset())
                + cursor.values().get(ValueLayout.JAVA_LONG, cursor.valueOffset());
      }
      return sum;
    }

    @Benchmark
    public long dumpLongs() {
      sum = 0;
      longs.forEach((key, value) -> sum += key + value);
      return sum;
    }

    @Benchmark
    @OperationsPerInvocation(DUMPS_OF_TWIN)
    public long dumpInC() {
      return Twin.run("map_user", id, "dump", DUMPS_OF_TWIN);
    }

    @TearDown
    public void close() {
      map.close();
    }
  }
}
