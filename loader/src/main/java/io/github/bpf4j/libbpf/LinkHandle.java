package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_link_update_opts;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.bindings.uapi_h;
import io.github.bpf4j.uapi.LinkInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A link that this process holds: the file descriptor of a {@code bpf_link}, or libbpf's {@code
 * struct bpf_link}, which on older kernels is something else that goes with its descriptor (an
 * event of perf), and for USDT a bundle of them.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class LinkHandle implements AutoCloseable {
  /** What {@link Pins#kind} says of a link. */
  public static final String KIND = "bpf-link";

  private static final int NONE = -1;

  private final int fd;
  private final Lease lease;

  private LinkHandle(int fd, Lease lease) {
    this.fd = fd;
    this.lease = lease;
  }

  /** The owner of a descriptor that the kernel returned. */
  static LinkHandle ofFd(int fd) {
    return new LinkHandle(fd, new Lease("link", () -> libc_h.close(fd)));
  }

  /** The owner of what libbpf returned. */
  static LinkHandle of(MemorySegment link) {
    int fd = libbpf_h.bpf_link__fd(link);
    return new LinkHandle(isLink(fd) ? fd : NONE, destroying(link));
  }

  /** The owner of what libbpf returned, when there is more to it than one descriptor. */
  static LinkHandle ofBundle(MemorySegment link) {
    return new LinkHandle(NONE, destroying(link));
  }

  // The kernel answers questions about any BPF descriptor, so it cannot be asked whether one is a
  // link.
  private static boolean isLink(int fd) {
    return Pins.kind(fd).equals(KIND);
  }

  private static Lease destroying(MemorySegment link) {
    return new Lease("link", () -> libbpf_h.bpf_link__destroy(link));
  }

  /** A link that was opened, such as by {@link Pins#open}. */
  public static LinkHandle of(Fd link) {
    return new LinkHandle(link.number(), link.lease());
  }

  /** Whether it is one {@code bpf_link}, which can be described, pinned and updated. */
  public boolean isBpfLink() {
    return fd != NONE;
  }

  /** The descriptor, for calls between {@link Lease#acquire} and {@link Lease#release}. */
  public int fd() {
    return fd;
  }

  public Lease lease() {
    return lease;
  }

  /** What the kernel says of it. */
  public LinkInfo info() {
    lease.acquire();
    try {
      return LinkInfos.of(fd);
    } finally {
      lease.release();
    }
  }

  /**
   * Takes the program off the hook, whoever else holds the link (kernel 5.9).
   *
   * @return 0 or {@code -errno}: EOPNOTSUPP for kinds of link that only end with their last
   *     descriptor, EINVAL before 5.9
   */
  public int detach() {
    lease.acquire();
    try {
      return libbpf_h.bpf_link_detach(fd);
    } finally {
      lease.release();
    }
  }

  /** Pins it. 0 or {@code -errno}. */
  public int pin(String path) {
    lease.acquire();
    try {
      return Pins.pin(fd, path);
    } finally {
      lease.release();
    }
  }

  /** Puts another program, or another struct_ops map, in place, whichever was there. */
  public int update(int newFd) {
    return update(newFd, MemorySegment.NULL);
  }

  /** Puts another program in the place of the expected one. 0 or {@code -errno}. */
  public int update(int newFd, int expectedFd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = bpf_link_update_opts.allocate(arena);
      bpf_link_update_opts.sz(options, bpf_link_update_opts.sizeof());
      bpf_link_update_opts.flags(options, uapi_h.BPF_F_REPLACE());
      bpf_link_update_opts.old_prog_fd(options, expectedFd);
      return update(newFd, options);
    }
  }

  private int update(int newFd, MemorySegment options) {
    lease.acquire();
    try {
      Libbpf.require();
      return libbpf_h.bpf_link_update(fd, newFd, options);
    } finally {
      lease.release();
    }
  }

  @Override
  public void close() {
    lease.close();
  }
}
