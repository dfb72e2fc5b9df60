package io.github.bpf4j.event;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Taking records of 64 bytes from a ring that is full: the time for each record, beside libbpf's
 * own {@code ring_buffer__consume} with callbacks in C.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RingBenchmark {
  private static final int RING_BYTES = 4 << 20;
  private static final int RECORDS = RING_BYTES / RingObject.SMALL_BYTES;
  private static final int BYTES = 64;

  /** {@code struct small_record}. */
  record Small(long sequence, long[] following) {}

  private final RingObject object = RingObject.load(RING_BYTES);
  private final RingBuffer ring = object.open();
  private final CRing counting = CRing.open(object, "count");
  private final CRing addingMembers = CRing.open(object, "add_members");
  private final CRing addingWords = CRing.open(object, "add_words");
  private final TypedEvents<Small> typed =
      ring.typed(object.types().record("small_record", Small.class));
  private long taken;
  private long sum;

  @Setup(Level.Invocation)
  public void fill() {
    object.send("small_silent", RECORDS);
  }

  private static void check(int records) {
    if (records != RECORDS) {
      throw new AssertionError("took " + records + " of " + RECORDS);
    }
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long drain() {
    check(ring.drain((_, _, _) -> taken++));
    return taken;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void drainInC() {
    check(counting.consume());
  }

  /** As one reads a type that one knows: the JIT knows the length of the slice. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long readMembers() {
    check(ring.drain((data, offset, _) -> sum += addMembers(data.asSlice(offset, BYTES))));
    return sum;
  }

  private static long addMembers(MemorySegment record) {
    long total = 0;
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      total += record.get(JAVA_LONG, at);
    }
    return total;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void readMembersInC() {
    check(addingMembers.consume());
  }

  /** As one reads what may have any length. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long readWords() {
    check(ring.drain((data, offset, length) -> sum += addWords(data, offset, length)));
    return sum;
  }

  private static long addWords(MemorySegment data, long offset, int length) {
    long total = 0;
    int at = 0;
    for (; at + BYTES <= length; at += BYTES) {
      total += addMembers(data.asSlice(offset + at, BYTES));
    }
    for (; at < length; at += Long.BYTES) {
      total += data.get(JAVA_LONG, offset + at);
    }
    return total;
  }

  /** The same without thinking of the JIT. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long readWordsOneByOne() {
    check(
        ring.drain(
            (data, offset, length) -> {
              long total = 0;
              for (int at = 0; at < length; at += Long.BYTES) {
                total += data.get(JAVA_LONG, offset + at);
              }
              sum += total;
            }));
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void readWordsInC() {
    check(addingWords.consume());
  }

  /** Records that may be kept: objects, each with an array. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long typed() {
    check(typed.drain(small -> sum += small.sequence() + small.following()[6]));
    return sum;
  }

  @TearDown
  public void close() {
    ring.close();
    counting.close();
    addingMembers.close();
    addingWords.close();
    object.close();
  }
}
