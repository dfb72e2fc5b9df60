package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The values of all possible CPUs, each rounded up to 8 bytes.
 *
 * <pre>
 *   │ cpu 0: value │ 0 0 … │ cpu 1: value │ 0 0 … │ …
 *   └──── stride ──────────┘
 * </pre>
 */
record PerCpuCodec<V>(Codec<V> each, int stride, int cpus) implements Codec<List<V>> {
  private static final int ALIGNMENT = 8;

  static <V> PerCpuCodec<V> of(RawMap map, Codec<V> each) {
    int stride = Math.ceilDiv(map.valueSize(), ALIGNMENT) * ALIGNMENT;
    return new PerCpuCodec<>(each, stride, (int) (map.valueBytes() / stride));
  }

  @Override
  public int size() {
    return stride * cpus;
  }

  @Override
  public List<V> read(MemorySegment segment, long offset) {
    List<V> values = new ArrayList<>(cpus);
    for (int cpu = 0; cpu < cpus; cpu++) {
      values.add(readCpu(segment, offset, cpu));
    }
    return Collections.unmodifiableList(values);
  }

  V readCpu(MemorySegment segment, long offset, int cpu) {
    return each.read(segment, offset + (long) cpu * stride);
  }

  @Override
  public void write(MemorySegment segment, long offset, List<V> values) {
    if (values.size() != cpus) {
      throw new IllegalArgumentException(
          "there are " + cpus + " possible CPUs, and " + values.size() + " values");
    }
    segment.asSlice(offset, size()).fill((byte) 0);
    for (int cpu = 0; cpu < cpus; cpu++) {
      writeCpu(segment, offset, cpu, values.get(cpu));
    }
  }

  void writeCpu(MemorySegment segment, long offset, int cpu, V value) {
    each.write(segment, offset + (long) cpu * stride, value);
  }
}
