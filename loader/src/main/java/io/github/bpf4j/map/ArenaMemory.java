package io.github.bpf4j.map;

import io.github.bpf4j.libbpf.Mappings;
import io.github.bpf4j.libbpf.Pages;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The memory of an {@code ARENA} (kernel 6.9): pages that BPF programs and this process share.
 *
 * <pre>
 *   │ page 0 │ page 1 │ page 2 │ …    max_entries pages; each is there once somebody has touched it,
 *   └ memory()                        here or in a program
 * </pre>
 *
 * <p>The first process that maps an arena settles the address at which all do, so that pointers in
 * it mean the same everywhere; {@code map_extra} ({@link io.github.bpf4j.uapi.MapInfo#extra})
 * settles it before. A process maps an arena once at a time. Programs cannot be loaded before the
 * address is known: an object's arena without one is made, mapped and given to the object by {@code
 * OpenBpfMap.reuse}.
 *
 * <p>Whoever maps it closes it; the map stays. Thread safety: all methods may be called from any
 * thread; the memory is read and written as any memory that others write.
 */
public final class ArenaMemory implements AutoCloseable {
  private final Arena lifetime;
  private final MemorySegment memory;

  private ArenaMemory(Arena lifetime, MemorySegment memory) {
    this.lifetime = lifetime;
    this.memory = memory;
  }

  /**
   * Maps an arena.
   *
   * @param arena its descriptor
   * @param address where, as {@code map_extra} says; 0 for anywhere
   * @throws io.github.bpf4j.error.BpfException when the map is no arena, or is mapped elsewhere
   *     already
   */
  public static ArenaMemory of(RawMap map, Descriptor arena, long address) {
    Requirement.type(map, "an arena", BpfMapType.ARENA);
    long bytes = Integer.toUnsignedLong(map.maxEntries()) * Pages.size();
    String subject = "the memory of map " + map.name();
    @SuppressWarnings("MustBeClosedChecker") // closed by close(), or below
    Arena lifetime = Arena.ofShared();
    try {
      return arena.withFd(
          fd -> new ArenaMemory(lifetime, Mappings.mapAt(address, fd, bytes, lifetime, subject)));
    } catch (RuntimeException | Error e) {
      lifetime.close();
      throw e;
    }
  }

  /** All pages; after {@link #close} its use is an {@link IllegalStateException}. */
  public MemorySegment memory() {
    return memory;
  }

  /** Where in this process and in all programs it begins. */
  public long address() {
    return memory.address();
  }

  /** Unmaps it; idempotent. */
  @Override
  public void close() {
    if (lifetime.scope().isAlive()) {
      lifetime.close();
    }
  }
}
