package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;

/**
 * A {@code BLOOM_FILTER} (kernel 5.16): a set that can say for sure that a value was never added.
 * Nothing can be read back or removed. Its {@code max_entries} is no limit; beyond it, wrong
 * answers become more frequent. {@code map_extra} is the number of hash functions, 5 by default.
 *
 * <p>Thread safety: all methods may be called from any thread.
 *
 * @param <V> the values
 */
public final class BloomFilter<V> {
  private final RawMap map;
  private final Codec<V> values;
  private final Pool<Scratch> scratches;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when type or size are others
   */
  public BloomFilter(RawMap map, Codec<V> values) {
    Requirement.type(map, "a bloom filter", BpfMapType.BLOOM_FILTER);
    Requirement.valueSize(map, "a bloom filter", values);
    this.map = map;
    this.values = values;
    this.scratches = Scratch.pool(map);
  }

  /** Adds a value. */
  public void add(V value) {
    Scratch scratch = scratches.take();
    try {
      values.write(scratch.value, 0, value);
      map.update(scratch.key, scratch.value, Update.ANY);
    } finally {
      scratches.give(scratch);
    }
  }

  /** False for a value that was never added; true for all others, and for a few of those. */
  public boolean mightContain(V value) {
    Scratch scratch = scratches.take();
    try {
      values.write(scratch.value, 0, value);
      return map.lookup(scratch.key, scratch.value);
    } finally {
      scratches.give(scratch);
    }
  }
}
