package io.github.bpf4j.map;

import io.github.bpf4j.uapi.BpfMapType;
import java.util.Objects;

/**
 * A per-CPU map of numbers to numbers, without an object for either: no call allocates. Keys and
 * values are unsigned integers of 1, 2, 4 or 8 bytes in this machine's byte order.
 *
 * <p>For {@code PERCPU_ARRAY}, {@code PERCPU_HASH} and {@code LRU_PERCPU_HASH}. For all counters of
 * an array at once there is {@link Counters}.
 *
 * <p>Thread safety: all methods may be called from any thread, as each call has scratch memory of
 * its own, which is kept for the next one.
 */
public final class PerCpuLongMap {
  private static final String VIEW = "per-CPU numbers";
  private static final int ALIGNMENT = 8;

  private final RawMap map;
  private final Pool<Scratch> scratches;
  private final UnsignedNumber key;
  private final UnsignedNumber value;
  private final CpuWriter writer;
  private final int cpus;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type is another, or keys or values are no
   *     numbers
   */
  public PerCpuLongMap(RawMap map) {
    Requirement.type(
        map, VIEW, BpfMapType.PERCPU_ARRAY, BpfMapType.PERCPU_HASH, BpfMapType.LRU_PERCPU_HASH);
    this.map = map;
    this.scratches = Scratch.pool(map);
    this.key = Requirement.number(map, VIEW, "key", map.keySize());
    this.value = Requirement.number(map, VIEW, "value", map.valueSize());
    this.writer = new CpuWriter(map);
    this.cpus = (int) (map.valueBytes() / ALIGNMENT);
  }

  /** How many CPUs have a value: those that are possible. */
  public int cpus() {
    return cpus;
  }

  /**
   * Reads the value of one CPU.
   *
   * @param absent what to answer when there is no such key
   * @throws IndexOutOfBoundsException when there is no such CPU
   */
  public long lookup(long number, int cpu, long absent) {
    Objects.checkIndex(cpu, cpus);
    Scratch scratch = scratches.take();
    try {
      return read(scratch, number) ? of(scratch, cpu) : absent;
    } finally {
      scratches.give(scratch);
    }
  }

  /**
   * Adds up the values of all CPUs.
   *
   * @param absent what to answer when there is no such key
   */
  public long sum(long number, long absent) {
    Scratch scratch = scratches.take();
    try {
      if (!read(scratch, number)) {
        return absent;
      }
      long sum = 0;
      for (int cpu = 0; cpu < cpus; cpu++) {
        sum += of(scratch, cpu);
      }
      return sum;
    } finally {
      scratches.give(scratch);
    }
  }

  /**
   * The greatest value of all CPUs, unsigned.
   *
   * @param absent what to answer when there is no such key
   */
  public long max(long number, long absent) {
    Scratch scratch = scratches.take();
    try {
      if (!read(scratch, number)) {
        return absent;
      }
      long max = 0;
      for (int cpu = 0; cpu < cpus; cpu++) {
        long each = of(scratch, cpu);
        max = Long.compareUnsigned(each, max) > 0 ? each : max;
      }
      return max;
    } finally {
      scratches.give(scratch);
    }
  }

  /** Writes the same value for all CPUs: 0, to begin anew. */
  public void updateEach(long number, long newValue) {
    Scratch scratch = scratches.take();
    try {
      key.set(scratch.key, 0, number);
      scratch.value.fill((byte) 0);
      for (int cpu = 0; cpu < cpus; cpu++) {
        value.set(scratch.value, (long) cpu * ALIGNMENT, newValue);
      }
      map.update(scratch.key, scratch.value, Update.ANY);
    } finally {
      scratches.give(scratch);
    }
  }

  /**
   * Writes the value of one CPU; see {@link PerCpuMap#update(Object, int, Object)}.
   *
   * @return false when there is no such key
   * @throws IndexOutOfBoundsException when there is no such CPU
   */
  public boolean update(long number, int cpu, long newValue) {
    Objects.checkIndex(cpu, cpus);
    Scratch scratch = scratches.take();
    try {
      key.set(scratch.key, 0, number);
      return writer.write(scratch, cpu, (segment, offset) -> value.set(segment, offset, newValue));
    } finally {
      scratches.give(scratch);
    }
  }

  private boolean read(Scratch scratch, long number) {
    key.set(scratch.key, 0, number);
    return map.lookup(scratch.key, scratch.value, 0);
  }

  private long of(Scratch scratch, int cpu) {
    return value.get(scratch.value, (long) cpu * ALIGNMENT);
  }

  @Override
  public String toString() {
    return map.type() + " map " + map.name();
  }
}
