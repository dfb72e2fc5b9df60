package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.MapCalls;
import io.github.bpf4j.libbpf.PossibleCpus;
import io.github.bpf4j.rate.CounterSource;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A {@code PERCPU_ARRAY} of 64-bit counters, read whole and summed over the CPUs.
 *
 * <pre>
 *   values  | key 0: cpu 0 | cpu 1 | … | key 1: cpu 0 | cpu 1 | … |     one batch system call
 *               └──── sum ────┘             └──── sum ────┘
 *   sums    |      0       |             1             |                the caller's long[]
 * </pre>
 *
 * <p>{@link #read} is one system call where the kernel has {@code BPF_MAP_LOOKUP_BATCH} for per-CPU
 * arrays (5.13), one for each key otherwise, and allocates nothing. Each counter is read whole, but
 * the kernel goes on counting while it reads the next.
 *
 * <p>Thread safety: one thread at a time, as the buffers are reused; make one for each thread.
 */
public final class PerCpuCounters implements CounterSource {
  private final BpfMap map;
  private final int cpus = PossibleCpus.count();
  private final int size;
  private final MemorySegment keys;
  private final MemorySegment values;
  private final MemorySegment position;
  private final MemorySegment count;
  private boolean batch = true;

  PerCpuCounters(BpfMap map) {
    if (map.type() != BpfMapType.PERCPU_ARRAY || map.valueSize() != Long.BYTES) {
      throw new BpfException(
          Failure.of(
              "read counters from",
              "map " + map.name(),
              "it is a "
                  + map.type()
                  + " with values of "
                  + map.valueSize()
                  + " bytes, not a PERCPU_ARRAY with values of 8"));
    }
    this.map = map;
    this.size = map.maxEntries();
    Arena arena = Arena.ofAuto();
    this.keys = arena.allocate(ValueLayout.JAVA_INT, size);
    this.values = arena.allocate(ValueLayout.JAVA_LONG, (long) size * cpus);
    this.position = arena.allocate(ValueLayout.JAVA_INT);
    this.count = arena.allocate(ValueLayout.JAVA_INT);
  }

  /** How many counters there are: the map's {@code max_entries}. */
  @Override
  public int size() {
    return size;
  }

  /**
   * Reads all counters.
   *
   * @param sums receives {@link #size} values, each the sum over all possible CPUs
   * @throws IllegalStateException when the object is closed
   */
  @Override
  public void read(long[] sums) {
    if (sums.length < size) {
      throw new IllegalArgumentException(
          "map " + map.name() + " has " + size + " counters, the array " + sums.length);
    }
    map.lease().acquire();
    try {
      if (!batch || !readBatch()) {
        readEach();
      }
    } finally {
      map.lease().release();
    }
    for (int key = 0; key < size; key++) {
      sums[key] = sum(key);
    }
  }

  private long sum(int key) {
    long sum = 0;
    long first = (long) key * cpus;
    for (int cpu = 0; cpu < cpus; cpu++) {
      sum += values.getAtIndex(ValueLayout.JAVA_LONG, first + cpu);
    }
    return sum;
  }

  /** False, from then on, on a kernel that has no batches for this map. */
  private boolean readBatch() {
    count.set(ValueLayout.JAVA_INT, 0, size);
    int result =
        MapCalls.lookupBatch(map.fd(), MemorySegment.NULL, position, keys, values, count, 0);
    if (result == -Errno.EINVAL || result == -Errno.ENOTSUPP || result == -Errno.EOPNOTSUPP) {
      batch = false;
      return false;
    }
    if (result < 0) {
      throw map.failure("read", -result);
    }
    return true;
  }

  private void readEach() {
    for (int key = 0; key < size; key++) {
      keys.set(ValueLayout.JAVA_INT, 0, key);
      MemorySegment value =
          values.asSlice((long) key * cpus * Long.BYTES, (long) cpus * Long.BYTES);
      int result = MapCalls.lookup(map.fd(), keys, value, 0);
      if (result < 0) {
        throw map.failure("read", -result);
      }
    }
  }
}
