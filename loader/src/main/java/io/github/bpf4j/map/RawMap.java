package io.github.bpf4j.map;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.MemorySegment;

/**
 * A map as the system calls see it: bytes in, bytes out. Everything else in this package stands on
 * this interface, so that tests can put a fake below it.
 *
 * <p>All segments are the caller's, native, and at least as large as what is read from or written
 * to them: a key of {@link #keySize} bytes, a value of {@link #valueBytes} bytes, both as the BPF
 * program sees them, in this machine's byte order. Nothing is allocated. A map without keys (queue,
 * stack, bloom filter) takes {@link MemorySegment#NULL} for the key.
 *
 * <p>A key that is not there is an answer, not an error. What the kernel refuses is a {@link
 * io.github.bpf4j.error.BpfException}; an operation that it does not have for this type of map, a
 * {@link io.github.bpf4j.error.BpfUnsupportedException}; a segment that is too small or on the
 * heap, an {@link IllegalArgumentException}.
 *
 * <p>Thread safety: all methods may be called from any thread; each is one system call, and an
 * entry is there or not, never half. Its value is another matter: while {@link #lookup} copies it,
 * others may replace or remove it, and a hash takes the memory of such an entry for the next one at
 * once. Then, rarely, what was copied is the value of another key, or partly so (C over libbpf sees
 * the same). {@link #lookupBatch} of a hash holds a lock meanwhile; {@code BPF_F_LOCK} holds that
 * of the value.
 *
 * @see <a href="https://docs.kernel.org/userspace-api/ebpf/syscall.html">eBPF syscall</a>
 */
public interface RawMap {
  /** Names the map in messages. */
  String name();

  /** The type; {@link BpfMapType#UNKNOWN} for one that is newer than this library. */
  BpfMapType type();

  /** Bytes of a key; 0 in a map without keys. */
  int keySize();

  /** Bytes of a value; of one CPU's value in a per-CPU map. */
  int valueSize();

  /**
   * Bytes that one value takes in the caller's segment: {@link #valueSize}, or for a per-CPU map
   * that size rounded up to a multiple of 8, times the possible CPUs, the value of CPU 0 first.
   */
  long valueBytes();

  /** How many entries it holds at most. */
  int maxEntries();

  /**
   * Reads an entry ({@code BPF_MAP_LOOKUP_ELEM}).
   *
   * @param value receives {@link #valueBytes} bytes
   * @param flags 0, {@code BPF_F_LOCK}, or what a newer kernel takes
   * @return false when there is no such key; the value is then as it was
   */
  boolean lookup(MemorySegment key, MemorySegment value, long flags);

  /** Reads an entry without flags. */
  default boolean lookup(MemorySegment key, MemorySegment value) {
    return lookup(key, value, 0);
  }

  /**
   * Writes an entry ({@code BPF_MAP_UPDATE_ELEM}).
   *
   * @param flags of {@link Update}, {@code BPF_F_LOCK}, or what a newer kernel takes
   * @return false when {@code BPF_NOEXIST} found an entry or {@code BPF_EXIST} found none
   * @throws BpfException with errno E2BIG (a trie: ENOSPC) when the map is full
   */
  boolean update(MemorySegment key, MemorySegment value, long flags);

  /** Writes an entry, if what is there is as it shall be. */
  default boolean update(MemorySegment key, MemorySegment value, Update mode) {
    return update(key, value, mode.flags());
  }

  /**
   * Removes an entry ({@code BPF_MAP_DELETE_ELEM}).
   *
   * @return false when there is no such key
   */
  boolean delete(MemorySegment key);

  /**
   * Reads an entry and removes it, as one step ({@code BPF_MAP_LOOKUP_AND_DELETE_ELEM}: queues and
   * stacks since kernel 4.20, hashes since 5.14).
   *
   * @return false when there is no such key
   */
  boolean lookupAndDelete(MemorySegment key, MemorySegment value, long flags);

  /** Finds the first key; false when the map is empty. */
  boolean firstKey(MemorySegment first);

  /**
   * Finds the key after another, in the map's own order ({@code BPF_MAP_GET_NEXT_KEY}). A key that
   * is gone is followed by the first one again: whoever walks a map that others change bounds the
   * walk, or leaves it to {@link EntryCursor}.
   *
   * @return false after the last key
   */
  boolean nextKey(MemorySegment key, MemorySegment next);

  /**
   * Reads many entries ({@code BPF_MAP_LOOKUP_BATCH}: hashes since kernel 5.6, per-CPU arrays since
   * 5.13). {@link EntryCursor} makes whole reads of it.
   *
   * @param position where the last batch ended, NULL to start; 4 bytes or those of a key, whichever
   *     is more
   * @param next receives where this one ends; may be the same segment
   * @param keys room for {@code count} keys
   * @param values room for {@code count} times {@link #valueBytes}
   * @param count an {@code int}; in: room, out: entries read
   * @param flags for each entry: 0 or {@code BPF_F_LOCK}
   * @return 0, or what ended the batch: {@code -ENOENT} after the last entry, {@code -ENOSPC} when
   *     the next bucket of a hash has more entries than there is room for, {@code -EINVAL} or
   *     {@code -ENOTSUPP} where kernel or type have no batches
   */
  int lookupBatch(
      MemorySegment position,
      MemorySegment next,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      long flags);

  /** The same, and removes what it reads ({@code BPF_MAP_LOOKUP_AND_DELETE_BATCH}: hashes). */
  int lookupAndDeleteBatch(
      MemorySegment position,
      MemorySegment next,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      long flags);

  /**
   * Writes many entries ({@code BPF_MAP_UPDATE_BATCH}: kernel 5.6). They go in one after the other,
   * up to the first that fails.
   *
   * @param count an {@code int}; in: entries to write, out: entries that went in
   * @param flags for each entry, as in {@link #update(MemorySegment, MemorySegment, long)}
   * @return 0, or the {@code -errno} of the entry with the number {@code count}
   */
  int updateBatch(MemorySegment keys, MemorySegment values, MemorySegment count, long flags);

  /**
   * Removes many entries ({@code BPF_MAP_DELETE_BATCH}: kernel 5.6), up to the first that fails.
   *
   * @param count an {@code int}; in: keys, out: entries that were removed
   * @return 0, or the {@code -errno} of the key with the number {@code count}: {@code -ENOENT} when
   *     it is not there
   */
  int deleteBatch(MemorySegment keys, MemorySegment count);

  /**
   * The exception for an errno of this map, with the reason that it has for a map of this type.
   *
   * @param operation a verb that fits before the map's name, such as {@code "look up a key in"}
   * @param errno positive
   */
  default BpfException failure(String operation, int errno) {
    return new BpfException(Failure.of(operation, "map " + name(), errno));
  }
}
