package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;
import java.lang.foreign.MemorySegment;

/**
 * The map commands of {@code bpf(2)} as libbpf wraps them: 0 or {@code -errno}, nothing allocated,
 * nothing checked. The caller holds the map's lease and has sized the segments.
 */
public final class MapCalls {
  private MapCalls() {}

  public static int lookup(int fd, MemorySegment key, MemorySegment value) {
    return libbpf_h.bpf_map_lookup_elem(fd, key, value);
  }

  /**
   * Writes an entry.
   *
   * @param flags {@code BPF_ANY}, {@code BPF_NOEXIST}, {@code BPF_EXIST}
   */
  public static int update(int fd, MemorySegment key, MemorySegment value, long flags) {
    return libbpf_h.bpf_map_update_elem(fd, key, value, flags);
  }

  public static int delete(int fd, MemorySegment key) {
    return libbpf_h.bpf_map_delete_elem(fd, key);
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
   */
  public static int lookupBatch(
      int fd,
      MemorySegment position,
      MemorySegment nextPosition,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count) {
    return libbpf_h.bpf_map_lookup_batch(
        fd, position, nextPosition, keys, values, count, MemorySegment.NULL);
  }
}
