package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.OptionalLong;

/**
 * A {@code SOCKHASH}: sockets by key; otherwise as {@link SockMap}.
 *
 * <p>Thread safety: all methods may be called from any thread.
 *
 * @param <K> the keys
 */
public final class SockHash<K> {
  private final Slots<K> slots;
  private final Codec<K> keys;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type or the size of keys is another
   */
  public SockHash(RawMap map, Codec<K> keys) {
    this.slots = new Slots<>(map, "a hash of sockets", keys, BpfMapType.SOCKHASH);
    this.keys = keys;
  }

  /**
   * Puts a socket in.
   *
   * @return false when {@link Update#NO_EXIST} found a socket or {@link Update#EXIST} found none
   * @throws io.github.bpf4j.error.BpfException when it is no socket that the kernel takes; with
   *     errno E2BIG when the map is full
   */
  public boolean update(K key, Descriptor socket, Update mode) {
    return slots.set(key, socket, mode);
  }

  /** Takes a socket out; false when there is no such key. */
  public boolean delete(K key) {
    return slots.clear(key);
  }

  /**
   * The cookie ({@code SO_COOKIE}) of a socket; empty when there is no such key.
   *
   * @throws io.github.bpf4j.error.BpfException when the map's values have 4 bytes: the kernel tells
   *     cookies where they have 8
   */
  public OptionalLong cookie(K key) {
    return slots.cookie(key);
  }

  /** The cookies of all sockets, where values have 8 bytes; see {@link EntryCursor}. */
  public Snapshot<K, Long> snapshot() {
    return new Coded<>(slots.map(), keys, Codec.u64()).snapshot();
  }
}
