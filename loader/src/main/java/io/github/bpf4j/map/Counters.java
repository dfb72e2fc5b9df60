package io.github.bpf4j.map;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.rate.CounterSource;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.ValueLayout;

/**
 * An array of counters, read whole; those of a {@code PERCPU_ARRAY} summed over the CPUs.
 *
 * <pre>
 *   values  | key 0: cpu 0 | cpu 1 | … | key 1: cpu 0 | cpu 1 | … |     one system call
 *               └──── sum ────┘             └──── sum ────┘
 *   sums    |      0       |             1             |                the caller's long[]
 * </pre>
 *
 * <p>{@link #read} is one system call where the kernel has batches for the type ({@code ARRAY} 5.6,
 * {@code PERCPU_ARRAY} 5.13), one for each key otherwise, and allocates nothing. Each counter is
 * read whole, but the kernel goes on counting while it reads the next.
 *
 * <p>A counter is an unsigned number of 1, 2, 4 or 8 bytes: the value itself, or a member of it.
 *
 * <p>Thread safety: one thread at a time, as the buffers are reused; make one for each thread.
 */
public final class Counters implements CounterSource {
  private static final int CPU_VALUE_ALIGNMENT = 8;

  private final RawMap map;
  private final EntryCursor cursor;
  private final UnsignedNumber number;
  private final int offset;
  private final long stride;

  /**
   * The counters that are the map's values.
   *
   * @throws BpfException when the map is no array, or its values are no numbers
   */
  public Counters(RawMap map) {
    this(map, 0, map.valueSize());
  }

  /**
   * The counters that are a member of the map's values.
   *
   * @param offset where in the value the member begins
   * @param bytes its size: 1, 2, 4 or 8
   */
  public Counters(RawMap map, int offset, int bytes) {
    if (map.type() != BpfMapType.PERCPU_ARRAY && map.type() != BpfMapType.ARRAY) {
      throw refused(map, "it is a " + map.type() + ", not an ARRAY or a PERCPU_ARRAY");
    }
    if (!UnsignedNumber.isSize(bytes) || offset < 0 || offset > map.valueSize() - bytes) {
      throw refused(
          map,
          "a counter has 1, 2, 4 or 8 bytes, and these "
              + bytes
              + " at offset "
              + offset
              + " are none in a value of "
              + map.valueSize());
    }
    this.map = map;
    this.cursor = EntryCursor.reading(map);
    this.number = UnsignedNumber.of(bytes);
    this.offset = offset;
    this.stride = (long) Math.ceilDiv(map.valueSize(), CPU_VALUE_ALIGNMENT) * CPU_VALUE_ALIGNMENT;
  }

  private static BpfException refused(RawMap map, String reason) {
    return new BpfException(Failure.of("read counters from", "map " + map.name(), reason));
  }

  /** How many counters there are: the map's {@code max_entries}. */
  @Override
  public int size() {
    return map.maxEntries();
  }

  @Override
  public int bits() {
    return number.bytes() * Byte.SIZE;
  }

  /**
   * Reads all counters.
   *
   * @param sums receives {@link #size} values, each the sum over all possible CPUs
   * @throws IllegalStateException when the map is closed
   */
  @Override
  public void read(long[] sums) {
    if (sums.length < size()) {
      throw new IllegalArgumentException(
          "map " + map.name() + " has " + size() + " counters, the array " + sums.length);
    }
    cursor.rewind();
    while (cursor.next()) {
      sums[cursor.keys().get(ValueLayout.JAVA_INT, cursor.keyOffset())] = sum();
    }
  }

  private long sum() {
    long sum = 0;
    long end = cursor.valueOffset() + map.valueBytes();
    for (long value = cursor.valueOffset() + offset; value < end; value += stride) {
      sum += number.get(cursor.values(), value);
    }
    return sum;
  }
}
