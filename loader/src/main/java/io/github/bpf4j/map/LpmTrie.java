package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.Collection;

/**
 * An {@code LPM_TRIE}: prefixes of addresses, say, with a value each. A key is {@code struct
 * bpf_lpm_trie_key}: a {@code __u32} with the length of the prefix in bits, in this machine's byte
 * order, then the bytes of the prefix, the first bit being the highest of the first byte.
 *
 * <p>{@link #lookup} finds the longest prefix in the trie that the key begins with: to look up an
 * address, give it its full length. {@link #update} and {@link #delete} mean exactly the key that
 * they are given. Bits behind the prefix do not count. A trie that is full refuses with ENOSPC.
 * Kernels before 6.13, and their stable versions of before December 2024, update as by {@link
 * Update#ANY} whatever they are told. Made without an object it needs {@link
 * io.github.bpf4j.uapi.BpfMapFlag#NO_PREALLOC}.
 *
 * <p>Thread safety: as {@link TypedMap}.
 *
 * @param <K> the prefixes
 * @param <V> the values
 */
public final class LpmTrie<K, V> extends TypedMap<K, V> {
  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when type or sizes are others
   */
  public LpmTrie(RawMap map, Codec<K> keys, Codec<V> values) {
    super(map, keys, values, map.valueSize());
    Requirement.type(map, "a trie", BpfMapType.LPM_TRIE);
  }

  /** Removes exactly this prefix; false when it is not there. */
  public boolean delete(K prefix) {
    return coded.delete(prefix);
  }

  /**
   * Removes the prefixes that are there, in few system calls (kernel 5.16).
   *
   * @return how many were there
   */
  public int deleteAll(Collection<? extends K> prefixes) {
    return new Batches<>(coded, prefixes.size()).delete(prefixes);
  }
}
