package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_xdp_attach_opts;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.uapi_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** XDP by netlink: what {@code ip link set dev IFACE xdp} does. Results are 0 or {@code -errno}. */
public final class XdpNetlink {
  /** Old programs' file descriptor when none is expected. */
  public static final int NO_PROGRAM = -1;

  private XdpNetlink() {}

  /**
   * Attaches where nothing is attached, or replaces exactly the expected program.
   *
   * @param modeFlag one of {@code XDP_FLAGS_*_MODE}
   * @param expectedFd the program to replace (kernel 5.7), or {@link #NO_PROGRAM}
   */
  public static int attach(int ifindex, int programFd, int modeFlag, int expectedFd) {
    Libbpf.require();
    int flags =
        expectedFd == NO_PROGRAM ? modeFlag | uapi_h.XDP_FLAGS_UPDATE_IF_NOEXIST() : modeFlag;
    try (Arena arena = Arena.ofConfined()) {
      return libbpf_h.bpf_xdp_attach(ifindex, programFd, flags, expecting(expectedFd, arena));
    }
  }

  /** Detaches exactly the expected program: {@code -EEXIST} when another one is attached. */
  public static int detach(int ifindex, int modeFlag, int expectedFd) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      return libbpf_h.bpf_xdp_detach(ifindex, modeFlag, expecting(expectedFd, arena));
    }
  }

  // libbpf adds XDP_FLAGS_REPLACE itself when an old program is given; 0 means none.
  private static MemorySegment expecting(int fd, Arena arena) {
    if (fd == NO_PROGRAM) {
      return MemorySegment.NULL;
    }
    MemorySegment options = bpf_xdp_attach_opts.allocate(arena);
    bpf_xdp_attach_opts.sz(options, bpf_xdp_attach_opts.sizeof());
    bpf_xdp_attach_opts.old_prog_fd(options, fd);
    return options;
  }
}
