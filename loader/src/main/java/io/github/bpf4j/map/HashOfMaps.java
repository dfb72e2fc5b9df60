package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.OptionalInt;

/**
 * A {@code HASH_OF_MAPS}: maps by key, all of one shape, that of the inner map which it was made
 * with. A program that looks a key up sees the old map or the new one; when {@link #update}
 * returns, no program uses the old one any more.
 *
 * <p>Thread safety: all methods may be called from any thread.
 *
 * @param <K> the keys
 */
public final class HashOfMaps<K> {
  private final Slots<K> slots;
  private final Coded<K, Integer> ids;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type or the size of keys is another
   */
  public HashOfMaps(RawMap map, Codec<K> keys) {
    this.slots = new Slots<>(map, "a hash of maps", keys, BpfMapType.HASH_OF_MAPS);
    this.ids = new Coded<>(map, keys, Codec.s32());
  }

  /**
   * Puts a map in, or replaces the one there.
   *
   * @return false when {@link Update#NO_EXIST} found an entry or {@link Update#EXIST} found none
   * @throws io.github.bpf4j.error.BpfException when the map's type, sizes or flags are others than
   *     those of the inner map; with errno E2BIG when it is full
   */
  public boolean update(K key, Descriptor map, Update mode) {
    return slots.set(key, map, mode);
  }

  /** Takes a map out; false when there is no such key. */
  public boolean delete(K key) {
    return slots.clear(key);
  }

  /** The id of a map, by which it can be opened; empty when there is no such key. */
  public OptionalInt mapId(K key) {
    return Slots.toInt(slots.id(key));
  }

  /** The ids of all maps; see {@link EntryCursor}. */
  public Snapshot<K, Integer> snapshot() {
    return ids.snapshot();
  }
}
