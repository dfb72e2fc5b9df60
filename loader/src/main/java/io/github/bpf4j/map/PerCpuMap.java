package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BinaryOperator;
import java.util.function.ToLongFunction;

/**
 * A map in which each CPU has a value of its own for each key: {@code PERCPU_ARRAY}, {@code
 * PERCPU_HASH}, {@code LRU_PERCPU_HASH}, {@code PERCPU_CGROUP_STORAGE}.
 *
 * <pre>
 *   lookup(key)              [cpu 0, cpu 1, …]      one value for each possible CPU, online or not
 *   lookup(key, 1)                  cpu 1
 *   sum(key, Stats::packets)  cpu 0 + cpu 1 + …
 *   reduce(key, Stats::plus)
 * </pre>
 *
 * <p>One system call reads or writes the values of all CPUs. While programs count on, those of
 * different CPUs are not of the same moment.
 *
 * <p>Thread safety: as {@link TypedMap}; see {@link #update(Object, int, Object)}.
 *
 * @param <K> the keys
 * @param <V> the values of one CPU
 */
public sealed class PerCpuMap<K, V> extends TypedMap<K, List<V>> permits PerCpuHash {
  private final PerCpuCodec<V> cpus;
  private final CpuWriter writer;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when type or sizes are others
   */
  public PerCpuMap(RawMap map, Codec<K> keys, Codec<V> values) {
    this(map, keys, values, PerCpuCodec.of(map, values));
    Requirement.type(
        map,
        "a per-CPU map",
        BpfMapType.PERCPU_ARRAY,
        BpfMapType.PERCPU_HASH,
        BpfMapType.LRU_PERCPU_HASH,
        BpfMapType.PERCPU_CGROUP_STORAGE);
  }

  private PerCpuMap(RawMap map, Codec<K> keys, Codec<V> values, PerCpuCodec<V> cpus) {
    super(map, keys, cpus, map.valueBytes());
    Requirement.valueSize(map, "a per-CPU map", values);
    this.cpus = cpus;
    this.writer = new CpuWriter(map);
  }

  /** How many CPUs have a value: those that are possible. */
  public final int cpus() {
    return cpus.cpus();
  }

  /**
   * Reads the value of one CPU; empty when there is no such key.
   *
   * @throws IndexOutOfBoundsException when there is no such CPU
   */
  public final Optional<V> lookup(K key, int cpu) {
    Objects.checkIndex(cpu, cpus.cpus());
    Scratch scratch = coded.scratches.take();
    try {
      coded.keys.write(scratch.key, 0, key);
      return coded.map.lookup(scratch.key, scratch.value)
          ? Optional.of(cpus.readCpu(scratch.value, 0, cpu))
          : Optional.empty();
    } finally {
      coded.scratches.give(scratch);
    }
  }

  /** Reads the values of all CPUs and makes one of them; empty when there is no such key. */
  public final Optional<V> reduce(K key, BinaryOperator<V> reducer) {
    return lookup(key).flatMap(values -> values.stream().reduce(reducer));
  }

  /** Adds up the values of all CPUs, or members of them; empty when there is no such key. */
  public final OptionalLong sum(K key, ToLongFunction<? super V> number) {
    Optional<List<V>> values = lookup(key);
    return values.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(values.get().stream().mapToLong(number).sum());
  }

  /** The greatest value of all CPUs, or of a member of them; empty when there is no such key. */
  public final OptionalLong max(K key, ToLongFunction<? super V> number) {
    return lookup(key).map(List::stream).stream().flatMap(values -> values).mapToLong(number).max();
  }

  /** Writes the same value for all CPUs. */
  public final void updateEach(K key, V value) {
    update(key, Collections.nCopies(cpus.cpus(), value));
  }

  /**
   * Writes the value of one CPU. A kernel that cannot do so as one step ({@code BPF_F_CPU}, 6.19)
   * is made to read the values of all CPUs and to write them back: what programs on other CPUs
   * count meanwhile is lost.
   *
   * @return false when there is no such key
   * @throws IndexOutOfBoundsException when there is no such CPU
   */
  public final boolean update(K key, int cpu, V value) {
    Objects.checkIndex(cpu, cpus.cpus());
    Scratch scratch = coded.scratches.take();
    try {
      coded.keys.write(scratch.key, 0, key);
      return writer.write(
          scratch, cpu, (segment, offset) -> cpus.each().write(segment, offset, value));
    } finally {
      coded.scratches.give(scratch);
    }
  }

  /** Reads all entries, one value made of those of all CPUs. */
  public final Snapshot<K, V> snapshot(BinaryOperator<V> reducer) {
    List<Map.Entry<K, V>> entries = new ArrayList<>();
    boolean complete =
        forEach(
            (key, values) ->
                entries.add(Map.entry(key, values.stream().reduce(reducer).orElseThrow())));
    return new Snapshot<>(coded.map.name(), entries, complete);
  }
}
