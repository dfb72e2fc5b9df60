package io.github.bpf4j.map;

import io.github.bpf4j.uapi.BpfMapType;

/**
 * A {@code HASH} or {@code LRU_HASH} of numbers to numbers.
 *
 * <p>Thread safety: as {@link LongMap}.
 */
public final class LongHash extends LongMap {
  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type is another, or keys or values are no
   *     numbers
   */
  public LongHash(RawMap map) {
    super(map, "a hash of numbers", BpfMapType.HASH, BpfMapType.LRU_HASH);
  }

  /** Removes an entry; false when there is no such key. */
  public boolean delete(long key) {
    return deleteKey(key);
  }

  /**
   * Reads a value and removes its entry, as one step (kernel 5.14).
   *
   * @param absent what to answer when there is no such key
   */
  public long lookupAndDelete(long key, long absent) {
    return take(key, absent);
  }
}
