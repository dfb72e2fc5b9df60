package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_link_create_opts;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.uapi_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code bpf_link}s by file descriptor (kernel 5.7; XDP 5.9). */
public final class Links {
  private Links() {}

  /**
   * Makes a link on the XDP hook of a device.
   *
   * @param modeFlag one of {@code XDP_FLAGS_*_MODE}
   * @return the link's file descriptor, or {@code -errno}
   */
  public static int createXdp(int programFd, int ifindex, int modeFlag) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = bpf_link_create_opts.allocate(arena);
      bpf_link_create_opts.sz(options, bpf_link_create_opts.sizeof());
      bpf_link_create_opts.flags(options, modeFlag);
      return libbpf_h.bpf_link_create(programFd, ifindex, uapi_h.BPF_XDP(), options);
    }
  }

  /** A descriptor that {@link #createXdp} returned, to be closed by its owner. */
  public static Fd owned(int fd) {
    return new Fd(fd, "link");
  }

  /** Takes the program off the hook at once (kernel 5.9), whoever else holds the link. */
  public static int detach(int linkFd) {
    return libbpf_h.bpf_link_detach(linkFd);
  }
}
