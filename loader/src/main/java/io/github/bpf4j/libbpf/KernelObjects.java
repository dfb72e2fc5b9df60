package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_get_fd_by_id_opts;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.uapi_h;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.uapi.BtfInfo;
import io.github.bpf4j.uapi.Capability;
import io.github.bpf4j.uapi.MapInfo;
import io.github.bpf4j.uapi.ProgramInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Programs and maps of the whole system by id, and what the kernel says of them ({@code
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

  /** Opens a BTF object; empty when it is gone. */
  public static Optional<Fd> openBtf(int id) {
    Libbpf.require();
    return opened(libbpf_h.bpf_btf_get_fd_by_id(id), "BTF object " + id);
  }

  /** {@code BPF_ENABLE_STATS} (kernel 5.8): runs are counted until the descriptor is closed. */
  public static Fd enableRunStatistics() {
    Libbpf.require();
    int fd = libbpf_h.bpf_enable_stats(uapi_h.BPF_STATS_RUN_TIME());
    if (fd < 0) {
      throw Results.failed("enable", "run statistics", -fd, Capability.SYS_ADMIN);
    }
    return new Fd(fd, "run statistics");
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
    return ProgramInfos.of(fd);
  }

  /** The BTF type of a program's main function; 0 when the program has no BTF. */
  public static int mainFunction(int programFd) {
    return ProgramInfos.mainFunction(programFd);
  }

  /** What the kernel says of a map. */
  public static MapInfo mapInfo(int fd) {
    return MapInfos.of(fd);
  }

  /** What the kernel says of a BTF object. */
  public static BtfInfo btfInfo(int fd) {
    return BtfInfos.of(fd);
  }

  /** The types themselves, raw. */
  public static byte[] btfData(int fd) {
    return BtfInfos.data(fd);
  }

  /**
   * Fills {@code struct bpf_*_info}; asks what the struct already says to ask.
   *
   * @return how many bytes of the struct this kernel knows
   */
  static int fill(int fd, MemorySegment info, String what, Arena arena) {
    MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) info.byteSize());
    Results.check(
        libbpf_h.bpf_obj_get_info_by_fd(fd, info, length), "describe", what + " fd " + fd);
    return length.get(ValueLayout.JAVA_INT, 0);
  }
}
