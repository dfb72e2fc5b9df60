package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_map_batch_opts;
import io.github.bpf4j.bindings.libbpf_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The map commands of {@code bpf(2)} as libbpf wraps them: 0 or {@code -errno}, nothing allocated,
 * nothing checked. The caller holds the map's lease and has sized the segments.
 */
public final class MapCalls {
  /** {@code BPF_F_LOCK}: the value's {@code bpf_spin_lock} is held while it is copied. */
  public static final long LOCK = 4;

  private static final MemorySegment NO_OPTIONS = MemorySegment.NULL;
  private static final MemorySegment LOCKED = options(LOCK, Arena.global());

  private MapCalls() {}

  /**
   * Reads an entry.
   *
   * @param flags 0 or {@link #LOCK}
   */
  public static int lookup(int fd, MemorySegment key, MemorySegment value, long flags) {
    return libbpf_h.bpf_map_lookup_elem_flags(fd, key, value, flags);
  }

  /**
   * Writes an entry.
   *
   * @param flags {@code BPF_ANY}, {@code BPF_NOEXIST}, {@code BPF_EXIST}, {@link #LOCK}
   */
  public static int update(int fd, MemorySegment key, MemorySegment value, long flags) {
    return libbpf_h.bpf_map_update_elem(fd, key, value, flags);
  }

  public static int delete(int fd, MemorySegment key) {
    return libbpf_h.bpf_map_delete_elem(fd, key);
  }

  /** Reads an entry and removes it (queues: kernel 4.20; hashes: 5.14). */
  public static int lookupAndDelete(int fd, MemorySegment key, MemorySegment value, long flags) {
    return libbpf_h.bpf_map_lookup_and_delete_elem_flags(fd, key, value, flags);
  }

  /**
   * Finds the key after another.
   *
   * @param key NULL for the first
   */
  public static int nextKey(int fd, MemorySegment key, MemorySegment next) {
    return libbpf_h.bpf_map_get_next_key(fd, key, next);
  }

  /**
   * Reads many entries at once (kernel 5.6; per-CPU arrays 5.13).
   *
   * @param position where the last batch ended, NULL to start
   * @param nextPosition where this one ends
   * @param count in: room, out: entries read; {@code __u32}
   * @param flags for each entry
   */
  public static int lookupBatch(
      int fd,
      MemorySegment position,
      MemorySegment nextPosition,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      long flags) {
    return libbpf_h.bpf_map_lookup_batch(
        fd, position, nextPosition, keys, values, count, options(flags));
  }

  /** The same, and removes what it reads. */
  public static int lookupAndDeleteBatch(
      int fd,
      MemorySegment position,
      MemorySegment nextPosition,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      long flags) {
    return libbpf_h.bpf_map_lookup_and_delete_batch(
        fd, position, nextPosition, keys, values, count, options(flags));
  }

  /** Writes many entries, in order, up to the first that fails; {@code count} says how many. */
  public static int updateBatch(
      int fd, MemorySegment keys, MemorySegment values, MemorySegment count, long flags) {
    return libbpf_h.bpf_map_update_batch(fd, keys, values, count, options(flags));
  }

  /** Removes many entries, in order, up to the first that fails; {@code count} says how many. */
  public static int deleteBatch(int fd, MemorySegment keys, MemorySegment count) {
    return libbpf_h.bpf_map_delete_batch(fd, keys, count, NO_OPTIONS);
  }

  /** Lets nobody write from user space any more (kernel 5.2). */
  public static int freeze(int fd) {
    return libbpf_h.bpf_map_freeze(fd);
  }

  private static MemorySegment options(long flags) {
    if (flags == 0) {
      return NO_OPTIONS;
    }
    return flags == LOCK ? LOCKED : options(flags, Arena.ofAuto());
  }

  private static MemorySegment options(long flags, Arena arena) {
    MemorySegment options = bpf_map_batch_opts.allocate(arena);
    bpf_map_batch_opts.sz(options, bpf_map_batch_opts.sizeof());
    bpf_map_batch_opts.elem_flags(options, flags);
    return options;
  }
}
