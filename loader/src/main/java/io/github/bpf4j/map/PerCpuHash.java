package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A {@code PERCPU_HASH} or {@code LRU_PERCPU_HASH}.
 *
 * <p>Thread safety: as {@link PerCpuMap}.
 *
 * @param <K> the keys
 * @param <V> the values of one CPU
 */
public final class PerCpuHash<K, V> extends PerCpuMap<K, V> {
  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when type or sizes are others
   */
  public PerCpuHash(RawMap map, Codec<K> keys, Codec<V> values) {
    super(map, keys, values);
    Requirement.type(map, "a per-CPU hash", BpfMapType.PERCPU_HASH, BpfMapType.LRU_PERCPU_HASH);
  }

  /** Removes an entry, of all CPUs; false when there is no such key. */
  public boolean delete(K key) {
    return coded.delete(key);
  }

  /**
   * Removes the entries of all keys that are there, in few system calls (kernel 5.6).
   *
   * @return how many were there
   */
  public int deleteAll(Collection<? extends K> keys) {
    return new Batches<>(coded, keys.size()).delete(keys);
  }

  /** Reads the values of all CPUs and removes the entry, as one step (kernel 5.14). */
  public Optional<List<V>> lookupAndDelete(K key) {
    return coded.lookupAndDelete(key);
  }

  /** Takes all entries out, each as one step, in few system calls (kernel 5.6). */
  public Snapshot<K, List<V>> drain() {
    return coded.drain();
  }
}
