package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.Collection;
import java.util.Optional;

/**
 * A {@code HASH} or {@code LRU_HASH}. A hash that is full refuses new keys with E2BIG; an LRU drops
 * those that were not used for long, and may do so a little before it is full.
 *
 * <p>Thread safety: as {@link TypedMap}.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class TypedHash<K, V> extends TypedMap<K, V> {
  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when type or sizes are others
   */
  public TypedHash(RawMap map, Codec<K> keys, Codec<V> values) {
    super(map, keys, values, map.valueSize());
    Requirement.type(map, "a hash", BpfMapType.HASH, BpfMapType.LRU_HASH);
  }

  /** Removes an entry; false when there is no such key. */
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

  /** Reads a value and removes its entry, as one step (kernel 5.14). */
  public Optional<V> lookupAndDelete(K key) {
    return coded.lookupAndDelete(key);
  }

  /**
   * Takes all entries out, each as one step: what programs add meanwhile is in this drain or stays
   * for the next. In few system calls (kernel 5.6).
   */
  public Snapshot<K, V> drain() {
    return coded.drain();
  }
}
