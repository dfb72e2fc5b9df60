package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_attr;
import io.github.bpf4j.bindings.uapi_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * {@code BPF_LINK_CREATE} (kernel 5.7): makes a link, whose descriptor is the caller's to close. By
 * {@code bpf(2)} itself, because libbpf passes on only what it knows: 1.1 neither a place among
 * other programs nor a hook of netfilter.
 *
 * <p>Results are a file descriptor or {@code -errno}.
 */
public final class LinkCreate {
  private LinkCreate() {}

  /**
   * A link without more to say.
   *
   * @param target a descriptor, or the ifindex of a device
   * @param attachType {@code enum bpf_attach_type}
   */
  public static int plain(int programFd, int target, int attachType, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      return call(attributes(programFd, target, attachType, flags, arena));
    }
  }

  /** A link to where the program was loaded for, with a cookie (5.19; tp_btf 6.10). */
  public static int tracing(int programFd, int attachType, long cookie) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = attributes(programFd, 0, attachType, 0, arena);
      MemorySegment tracing = bpf_attr.link_create.tracing(bpf_attr.link_create(attributes));
      bpf_attr.link_create.tracing.cookie(tracing, cookie);
      return call(attributes);
    }
  }

  /** A link at a place among others: TCX (6.6), netkit (6.7), cgroups (6.17). */
  public static int ordered(
      int programFd, int target, int attachType, int flags, int relative, long revision) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = attributes(programFd, target, attachType, flags, arena);
      // The struct is the same for netkit and cgroups.
      MemorySegment place = bpf_attr.link_create.tcx(bpf_attr.link_create(attributes));
      bpf_attr.link_create.tcx.relative_id(place, relative);
      bpf_attr.link_create.tcx.expected_revision(place, revision);
      return call(attributes);
    }
  }

  /**
   * A hook of netfilter in the calling thread's network namespace (6.4).
   *
   * @param family {@code NFPROTO_*}
   * @param hook {@code enum nf_inet_hooks}
   * @param netfilterFlags {@code BPF_F_NETFILTER_IP_DEFRAG} or 0
   */
  public static int netfilter(
      int programFd, int family, int hook, int priority, int netfilterFlags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = attributes(programFd, 0, uapi_h.BPF_NETFILTER(), 0, arena);
      MemorySegment netfilter = bpf_attr.link_create.netfilter(bpf_attr.link_create(attributes));
      bpf_attr.link_create.netfilter.pf(netfilter, family);
      bpf_attr.link_create.netfilter.hooknum(netfilter, hook);
      bpf_attr.link_create.netfilter.priority(netfilter, priority);
      bpf_attr.link_create.netfilter.flags(netfilter, netfilterFlags);
      return call(attributes);
    }
  }

  private static MemorySegment attributes(
      int programFd, int target, int attachType, int flags, Arena arena) {
    MemorySegment attributes = bpf_attr.allocate(arena);
    MemorySegment create = bpf_attr.link_create(attributes);
    bpf_attr.link_create.prog_fd(create, programFd);
    bpf_attr.link_create.target_fd(create, target);
    bpf_attr.link_create.attach_type(create, attachType);
    bpf_attr.link_create.flags(create, flags);
    return attributes;
  }

  private static int call(MemorySegment attributes) {
    Libbpf.require();
    return SystemCalls.bpf(uapi_h.BPF_LINK_CREATE(), attributes);
  }

  /** The owner of a descriptor that was returned here. */
  public static LinkHandle owned(int fd) {
    return LinkHandle.ofFd(fd);
  }
}
