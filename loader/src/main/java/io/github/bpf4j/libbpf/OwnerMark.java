package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.uapi_h;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.MapInfo;
import io.github.bpf4j.uapi.ProgramInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * A mark on a program that says which process of bpf4j loaded it, kept by the kernel itself: a map
 * of one entry, bound to the program ({@code BPF_PROG_BIND_MAP}, kernel 5.10). It outlives a
 * process that is killed, exactly as long as the program that the process left on a device, and
 * needs no file anywhere.
 *
 * <pre>
 *   map "bpf4j_owner", ARRAY of 1:
 *   | u64 pid | u64 start of the process in clock ticks | u64 pid namespace | u64 left on purpose: 0, 1 |
 * </pre>
 */
public final class OwnerMark {
  private static final String NAME = "bpf4j_owner";
  private static final int BYTES = 4 * Long.BYTES;

  private OwnerMark() {}

  /**
   * Who loaded a program.
   *
   * @param pid in the pid namespace of the loader
   * @param startTicks tells the process from a later one with the same pid
   * @param pidNamespace the namespace's inode: elsewhere the pid means another process
   * @param left whether it gave the program up, so that it stays on its hook
   */
  public record Owner(long pid, long startTicks, long pidNamespace, boolean left) {
    /** The same, having given the program up. */
    Owner leaving() {
      return new Owner(pid, startTicks, pidNamespace, true);
    }
  }

  /**
   * Marks a program; before 5.10 the kernel cannot, which is no reason to fail.
   *
   * @return a descriptor of the mark, or {@code -errno}
   */
  static int put(int programFd, Owner owner) {
    try (Arena arena = Arena.ofConfined()) {
      int fd =
          libbpf_h.bpf_map_create(
              uapi_h.BPF_MAP_TYPE_ARRAY(),
              arena.allocateFrom(NAME),
              Integer.BYTES,
              BYTES,
              1,
              MemorySegment.NULL);
      if (fd < 0) {
        return fd;
      }
      int result = write(fd, owner);
      if (result >= 0) {
        result = libbpf_h.bpf_prog_bind_map(programFd, fd, MemorySegment.NULL);
      }
      if (result < 0) {
        new Fd(fd, NAME).close();
        return result;
      }
      return fd;
    }
  }

  /**
   * Writes into a mark.
   *
   * @return 0 or {@code -errno}
   */
  static int write(int fd, Owner owner) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value =
          arena.allocateFrom(
              ValueLayout.JAVA_LONG,
              owner.pid,
              owner.startTicks,
              owner.pidNamespace,
              owner.left ? 1 : 0);
      MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_INT, 0);
      return MapCalls.update(fd, key, value, uapi_h.BPF_ANY());
    }
  }

  /** Reads the mark; empty when the program bears none. */
  public static Optional<Owner> of(ProgramInfo program) {
    return program.mapIds().stream().flatMap(id -> read(id).stream()).findFirst();
  }

  private static Optional<Owner> read(int mapId) {
    Optional<Fd> opened = KernelObjects.openMap(mapId);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Fd map = opened.get();
        Arena arena = Arena.ofConfined()) {
      MapInfo info = KernelObjects.mapInfo(map.number());
      if (info.type() != BpfMapType.ARRAY
          || !info.name().equals(NAME)
          || info.valueSize() != BYTES) {
        return Optional.empty();
      }
      MemorySegment value = arena.allocate(BYTES, Long.BYTES);
      MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_INT, 0);
      Results.check(MapCalls.lookup(map.number(), key, value, 0), "read", "map " + mapId);
      return Optional.of(
          new Owner(
              value.getAtIndex(ValueLayout.JAVA_LONG, 0),
              value.getAtIndex(ValueLayout.JAVA_LONG, 1),
              value.getAtIndex(ValueLayout.JAVA_LONG, 2),
              value.getAtIndex(ValueLayout.JAVA_LONG, 3) != 0));
    }
  }
}
