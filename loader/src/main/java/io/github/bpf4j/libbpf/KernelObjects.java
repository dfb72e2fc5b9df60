package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_get_fd_by_id_opts;
import io.github.bpf4j.bindings.bpf_link_info;
import io.github.bpf4j.bindings.bpf_map_info;
import io.github.bpf4j.bindings.bpf_prog_info;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.uapi_h;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.MapInfo;
import io.github.bpf4j.uapi.ProgramInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Programs, maps and links of the whole system by id, and what the kernel says of them ({@code
 * BPF_OBJ_GET_INFO_BY_FD}). Opening by id takes CAP_SYS_ADMIN.
 */
public final class KernelObjects {
  private KernelObjects() {}

  /** Opens a program; empty when it is gone. */
  public static Optional<Fd> openProgram(int id) {
    Libbpf.require();
    return opened(libbpf_h.bpf_prog_get_fd_by_id(id), "program " + id);
  }

  /** Opens a map; empty when it is gone. */
  public static Optional<Fd> openMap(int id) {
    Libbpf.require();
    return opened(libbpf_h.bpf_map_get_fd_by_id(id), "map " + id);
  }

  /**
   * Opens a map for less than everything (libbpf 1.1).
   *
   * @param flags {@code BPF_F_RDONLY} or {@code BPF_F_WRONLY}
   */
  public static Optional<Fd> openMap(int id, int flags) {
    if (flags == 0) {
      return openMap(id);
    }
    Libbpf.requireFunction("bpf_map_get_fd_by_id_opts");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = bpf_get_fd_by_id_opts.allocate(arena);
      bpf_get_fd_by_id_opts.sz(options, bpf_get_fd_by_id_opts.sizeof());
      bpf_get_fd_by_id_opts.open_flags(options, flags);
      return opened(libbpf_h.bpf_map_get_fd_by_id_opts(id, options), "map " + id);
    }
  }

  private static Optional<Fd> opened(int fd, String name) {
    if (fd == -Errno.ENOENT) {
      return Optional.empty();
    }
    if (fd < 0) {
      throw Results.failed("open", name, -fd, Capability.SYS_ADMIN);
    }
    return Optional.of(new Fd(fd, name));
  }

  /** What the kernel says of a program. */
  public static ProgramInfo programInfo(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = bpf_prog_info.allocate(arena);
      fill(fd, info, "program", arena);
      int maps = bpf_prog_info.nr_map_ids(info);
      MemorySegment mapIds = arena.allocate(ValueLayout.JAVA_INT, Math.max(maps, 1));
      if (maps > 0) {
        // Asked again with room for the ids, which are all that is wanted besides.
        info.fill((byte) 0);
        bpf_prog_info.nr_map_ids(info, maps);
        bpf_prog_info.map_ids(info, mapIds.address());
        fill(fd, info, "program", arena);
      }
      int type = bpf_prog_info.type(info);
      return new ProgramInfo(
          bpf_prog_info.id(info),
          BpfProgramType.of(type),
          type,
          bpf_prog_info.name(info).getString(0),
          HexFormat.of().formatHex(bpf_prog_info.tag(info).toArray(ValueLayout.JAVA_BYTE)),
          Duration.ofNanos(bpf_prog_info.load_time(info)),
          bpf_prog_info.created_by_uid(info),
          ids(mapIds, Math.min(maps, bpf_prog_info.nr_map_ids(info))),
          bpf_prog_info.ifindex(info));
    }
  }

  private static List<Integer> ids(MemorySegment segment, int count) {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(segment.getAtIndex(ValueLayout.JAVA_INT, i));
    }
    return ids;
  }

  /** What the kernel says of a map. */
  public static MapInfo mapInfo(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = bpf_map_info.allocate(arena);
      fill(fd, info, "map", arena);
      int type = bpf_map_info.type(info);
      return new MapInfo(
          bpf_map_info.id(info),
          BpfMapType.of(type),
          type,
          bpf_map_info.name(info).getString(0),
          bpf_map_info.key_size(info),
          bpf_map_info.value_size(info),
          bpf_map_info.max_entries(info),
          bpf_map_info.map_flags(info),
          bpf_map_info.map_extra(info));
    }
  }

  /**
   * The id of the {@code bpf_link} that holds a program on a device's XDP hook, when one does. The
   * program is asked for too, because other network namespaces use the same ifindexes.
   */
  public static OptionalInt xdpLink(int ifindex, int programId) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment next = arena.allocate(ValueLayout.JAVA_INT);
      int id = 0;
      while (libbpf_h.bpf_link_get_next_id(id, next) == 0) {
        id = next.get(ValueLayout.JAVA_INT, 0);
        if (isXdpLinkOn(id, ifindex, programId, arena)) {
          return OptionalInt.of(id);
        }
      }
      return OptionalInt.empty();
    }
  }

  private static boolean isXdpLinkOn(int linkId, int ifindex, int programId, Arena arena) {
    int fd = libbpf_h.bpf_link_get_fd_by_id(linkId);
    if (fd < 0) {
      return false; // gone since
    }
    try (Fd _ = new Fd(fd, "link " + linkId)) {
      MemorySegment info = linkInfo(fd, arena);
      return bpf_link_info.type(info) == uapi_h.BPF_LINK_TYPE_XDP()
          && bpf_link_info.prog_id(info) == programId
          && bpf_link_info.xdp.ifindex(bpf_link_info.xdp(info)) == ifindex;
    }
  }

  /** The device that an XDP link is on, 0 once the device is gone or the link detached. */
  public static int xdpLinkIfindex(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      return bpf_link_info.xdp.ifindex(bpf_link_info.xdp(linkInfo(fd, arena)));
    }
  }

  private static MemorySegment linkInfo(int fd, Arena arena) {
    MemorySegment info = bpf_link_info.allocate(arena);
    fill(fd, info, "link", arena);
    return info;
  }

  private static void fill(int fd, MemorySegment info, String what, Arena arena) {
    MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) info.byteSize());
    Results.check(
        libbpf_h.bpf_obj_get_info_by_fd(fd, info, length), "describe", what + " fd " + fd);
  }
}
