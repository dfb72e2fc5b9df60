package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A map of keys and values as Java sees them: what all such maps can. What a type can do beyond it
 * is in the classes below, such as {@link TypedHash#delete}.
 *
 * <p>For {@code HASH}, {@code LRU_HASH}, {@code ARRAY}, {@code CGROUP_STORAGE} (whose entries the
 * kernel makes: {@link Update#ANY} changes one only), and types that are newer than this library.
 *
 * <p>Thread safety: all methods may be called from any thread, as each call has scratch memory of
 * its own, which is kept for the next one. An entry is read and written as one step as far as the
 * kernel does so: values of a hash that are replaced whole by {@code update}, by programs too,
 * never mix; values that programs change in place (counters of an array, say) may be read half way,
 * unless they have a {@code bpf_spin_lock} and are read through {@link MapViews#locked}.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public sealed class TypedMap<K, V> permits LpmTrie, PerCpuMap, TypedArray, TypedHash {
  final Coded<K, V> coded;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when type or sizes are others
   */
  public TypedMap(RawMap map, Codec<K> keys, Codec<V> values) {
    this(map, keys, values, map.valueSize());
    Requirement.type(
        map,
        "keys and values",
        BpfMapType.HASH,
        BpfMapType.LRU_HASH,
        BpfMapType.ARRAY,
        BpfMapType.CGROUP_STORAGE,
        BpfMapType.UNKNOWN);
  }

  /** For a type that the subclass checks. */
  TypedMap(RawMap map, Codec<K> keys, Codec<V> values, long valueBytes) {
    Requirement.keySize(map, "keys and values", keys);
    Requirement.valueSize(map, "keys and values", values, valueBytes);
    this.coded = new Coded<>(map, keys, values);
  }

  /** The map below. */
  public final RawMap raw() {
    return coded.map;
  }

  /** Reads a value; empty when there is no such key. */
  public final Optional<V> lookup(K key) {
    return coded.lookup(key);
  }

  /**
   * Writes an entry, new or not.
   *
   * @throws io.github.bpf4j.error.BpfException with errno E2BIG when the map is full
   */
  public final void update(K key, V value) {
    coded.update(key, value, Update.ANY);
  }

  /**
   * Writes an entry, if what is there is as it shall be.
   *
   * @return false when {@link Update#NO_EXIST} found an entry or {@link Update#EXIST} found none
   * @throws io.github.bpf4j.error.BpfException with errno E2BIG when the map is full
   */
  public final boolean update(K key, V value, Update mode) {
    return coded.update(key, value, mode);
  }

  /**
   * Writes many entries, in the order of the Java map, up to the first that fails: in few system
   * calls for {@link Update#ANY} (kernel 5.6), one by one otherwise.
   */
  public final BatchResult<K> updateAll(Map<? extends K, ? extends V> entries, Update mode) {
    return new Batches<>(coded, entries.size()).update(entries, mode);
  }

  /** Reads all entries, in few system calls where the kernel can; see {@link EntryCursor}. */
  public final Snapshot<K, V> snapshot() {
    return coded.snapshot();
  }

  /**
   * Does something with each entry, and keeps none of them.
   *
   * @return whether each entry that stayed in the map meanwhile was met; see {@link EntryCursor}
   */
  public final boolean forEach(BiConsumer<? super K, ? super V> action) {
    return coded.forEach(action);
  }

  @Override
  public final String toString() {
    return coded.map.type() + " map " + coded.map.name();
  }
}
