package io.github.bpf4j.map;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import java.lang.foreign.MemorySegment;

/** Writes the value of one CPU in a per-CPU map. */
final class CpuWriter {
  /** {@code BPF_F_CPU} (kernel 6.19): the CPU is in the upper half, the value that CPU's only. */
  private static final long ONE_CPU = 8;

  private static final int CPU_SHIFT = 32;
  private static final int ALIGNMENT = 8;

  private final RawMap map;
  private final long stride;
  private volatile boolean direct = true;

  CpuWriter(RawMap map) {
    this.map = map;
    this.stride = (long) Math.ceilDiv(map.valueSize(), ALIGNMENT) * ALIGNMENT;
  }

  /**
   * Writes.
   *
   * @param scratch holds the key
   * @return false when there is no such key
   */
  boolean write(Scratch scratch, int cpu, Value value) {
    return (direct && writeDirectly(scratch, cpu, value)) || writeAround(scratch, cpu, value);
  }

  private boolean writeDirectly(Scratch scratch, int cpu, Value value) {
    value.write(scratch.value, 0);
    long flags = Update.EXIST.flags() | ONE_CPU | (long) cpu << CPU_SHIFT;
    try {
      return map.update(scratch.key, scratch.value, flags);
    } catch (BpfException e) {
      if (e.errno().orElse(0) != Errno.EINVAL) {
        throw e;
      }
      direct = false;
      return false;
    }
  }

  private boolean writeAround(Scratch scratch, int cpu, Value value) {
    if (!map.lookup(scratch.key, scratch.value)) {
      return false;
    }
    value.write(scratch.value, cpu * stride);
    return map.update(scratch.key, scratch.value, Update.EXIST);
  }

  /** What is to be written. */
  interface Value {
    void write(MemorySegment segment, long offset);
  }
}
