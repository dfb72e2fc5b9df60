package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_link_info;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.uapi_h;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfLinkType;
import io.github.bpf4j.uapi.Capability;
import io.github.bpf4j.uapi.LinkInfo;
import io.github.bpf4j.uapi.LinkTarget;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Links of the whole system by id, and what the kernel says of them. */
public final class LinkInfos {
  private LinkInfos() {}

  /** All links of the system. Takes CAP_SYS_ADMIN. */
  public static List<LinkInfo> all() {
    return KernelIds.links().stream().flatMap(id -> ofId(id).stream()).toList();
  }

  /** The first link of the system for which the question is true. Takes CAP_SYS_ADMIN. */
  public static Optional<LinkInfo> find(Predicate<LinkInfo> question) {
    return KernelIds.links().stream().flatMap(id -> ofId(id).stream()).filter(question).findFirst();
  }

  /** What the kernel says of a link; empty when it is gone. Takes CAP_SYS_ADMIN. */
  public static Optional<LinkInfo> ofId(int id) {
    Optional<Fd> opened = open(id);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Fd link = opened.get()) {
      return Optional.of(of(link.number()));
    }
  }

  /**
   * Takes the program of a link off its hook, whoever holds the link. Takes CAP_SYS_ADMIN.
   *
   * @return false when it was off already, or the link is gone
   */
  public static boolean detach(int id) {
    Optional<Fd> opened = open(id);
    if (opened.isEmpty()) {
      return false;
    }
    try (Fd link = opened.get()) {
      LinkInfo info = of(link.number());
      if (!info.target().isThere()) {
        return false;
      }
      int result = libbpf_h.bpf_link_detach(link.number());
      if (result == -Errno.EOPNOTSUPP) {
        throw new BpfUnsupportedException(
            Failure.of("detach", "link " + id, -result)
                .because("a link of type " + info.type() + " ends only when nobody holds it")
                .hint("end the processes that have it open, and remove its pins"));
      }
      Results.check(result, "detach", "link " + id);
      return true;
    }
  }

  private static Optional<Fd> open(int id) {
    Libbpf.require();
    int fd = libbpf_h.bpf_link_get_fd_by_id(id);
    if (fd == -Errno.ENOENT || fd == -Errno.EAGAIN) {
      return Optional.empty(); // EAGAIN: it is being made or being removed
    }
    if (fd < 0) {
      throw Results.failed("open", "link " + id, -fd, Capability.SYS_ADMIN);
    }
    return Optional.of(new Fd(fd, "link " + id));
  }

  /** What the kernel says of the link behind a descriptor. */
  public static LinkInfo of(int fd) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = bpf_link_info.allocate(arena);
      KernelObjects.fill(fd, info, "link", arena);
      int type = bpf_link_info.type(info);
      return new LinkInfo(
          bpf_link_info.id(info),
          BpfLinkType.of(type),
          type,
          bpf_link_info.prog_id(info),
          target(BpfLinkType.of(type), new NamedTargets(fd, info, arena)));
    }
  }

  private static LinkTarget target(BpfLinkType type, NamedTargets named) {
    MemorySegment info = named.info();
    return switch (type) {
      case XDP -> new LinkTarget.Device(ifindex(info), BpfAttachType.XDP);
      case TCX -> {
        MemorySegment tcx = bpf_link_info.tcx(info);
        yield new LinkTarget.Device(
            bpf_link_info.tcx.ifindex(tcx), hook(bpf_link_info.tcx.attach_type(tcx)));
      }
      case NETKIT -> {
        MemorySegment netkit = bpf_link_info.netkit(info);
        yield new LinkTarget.Device(
            bpf_link_info.netkit.ifindex(netkit), hook(bpf_link_info.netkit.attach_type(netkit)));
      }
      case CGROUP -> {
        MemorySegment cgroup = bpf_link_info.cgroup(info);
        yield new LinkTarget.Cgroup(
            bpf_link_info.cgroup.cgroup_id(cgroup), hook(bpf_link_info.cgroup.attach_type(cgroup)));
      }
      case NETNS -> {
        MemorySegment netns = bpf_link_info.netns(info);
        yield new LinkTarget.Netns(
            Integer.toUnsignedLong(bpf_link_info.netns.netns_ino(netns)),
            hook(bpf_link_info.netns.attach_type(netns)));
      }
      case TRACING -> {
        MemorySegment tracing = bpf_link_info.tracing(info);
        yield new LinkTarget.Tracing(
            hook(bpf_link_info.tracing.attach_type(tracing)),
            bpf_link_info.tracing.target_obj_id(tracing),
            bpf_link_info.tracing.target_btf_id(tracing),
            bpf_link_info.tracing.cookie(tracing));
      }
      case STRUCT_OPS ->
          new LinkTarget.StructOps(bpf_link_info.struct_ops.map_id(bpf_link_info.struct_ops(info)));
      case SOCKMAP -> {
        MemorySegment sockmap = bpf_link_info.sockmap(info);
        yield new LinkTarget.Sockmap(
            bpf_link_info.sockmap.map_id(sockmap),
            hook(bpf_link_info.sockmap.attach_type(sockmap)));
      }
      case NETFILTER -> {
        MemorySegment netfilter = bpf_link_info.netfilter(info);
        yield new LinkTarget.Netfilter(
            bpf_link_info.netfilter.pf(netfilter),
            bpf_link_info.netfilter.hooknum(netfilter),
            bpf_link_info.netfilter.priority(netfilter),
            bpf_link_info.netfilter.flags(netfilter));
      }
      case KPROBE_MULTI -> {
        MemorySegment kprobes = bpf_link_info.kprobe_multi(info);
        yield new LinkTarget.KprobeMulti(
            bpf_link_info.kprobe_multi.count(kprobes),
            (bpf_link_info.kprobe_multi.flags(kprobes) & uapi_h.BPF_F_KPROBE_MULTI_RETURN()) != 0,
            bpf_link_info.kprobe_multi.missed(kprobes));
      }
      case RAW_TRACEPOINT -> named.rawTracepoint();
      case ITER -> named.iterator();
      case UPROBE_MULTI -> named.uprobes();
      case PERF_EVENT -> named.perfEvent();
      case UNSPEC, TRACING_MULTI, UNKNOWN -> new LinkTarget.Unknown();
    };
  }

  private static int ifindex(MemorySegment info) {
    return bpf_link_info.xdp.ifindex(bpf_link_info.xdp(info));
  }

  private static BpfAttachType hook(int number) {
    return BpfAttachType.of(number);
  }
}
