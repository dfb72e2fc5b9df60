package io.github.bpf4j.uapi;

import java.util.List;

/**
 * The capabilities that BPF takes, as {@code linux/capability.h} numbers them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
public enum Capability {
  /** Attach to the network. */
  NET_ADMIN(12),
  /** Send raw frames. */
  NET_RAW(13),
  /** Nearly everything: namespaces, objects by id. */
  SYS_ADMIN(21),
  /** Lock more memory than the limit allows, which kernels before 5.11 count maps as. */
  SYS_RESOURCE(24),
  /** Trace (kernel 5.8); CAP_SYS_ADMIN implies it. */
  PERFMON(38),
  /** Load programs and make maps (kernel 5.8); CAP_SYS_ADMIN implies it. */
  BPF(39);

  private static final List<Capability> NETWORK = List.of(BPF, NET_ADMIN);
  private static final List<Capability> TRACING = List.of(BPF, PERFMON);

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  /** The kernel's number: the bit in {@code CapEff} of {@code /proc/PID/status}. */
  public int number() {
    return number;
  }

  /** Whether CAP_SYS_ADMIN stands for it too. */
  public boolean isImpliedBySysAdmin() {
    return this == BPF || this == PERFMON;
  }

  /** What loading and attaching a program takes: {@code bpf_prog_load} of the kernel. */
  public static List<Capability> neededBy(BpfProgramType type) {
    return switch (type) {
      case SCHED_CLS,
          SCHED_ACT,
          XDP,
          LWT_IN,
          LWT_OUT,
          LWT_XMIT,
          LWT_SEG6LOCAL,
          SK_SKB,
          SK_MSG,
          FLOW_DISSECTOR,
          CGROUP_SKB, // attaching it; it may be loaded without
          CGROUP_DEVICE,
          CGROUP_SOCK,
          CGROUP_SOCK_ADDR,
          CGROUP_SOCKOPT,
          CGROUP_SYSCTL,
          SOCK_OPS,
          SK_LOOKUP,
          NETFILTER,
          STRUCT_OPS ->
          NETWORK;
      case KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE, TRACING, LSM ->
          TRACING;
      case EXT -> List.of(BPF, NET_ADMIN, PERFMON);
      case SOCKET_FILTER, SK_REUSEPORT, LIRC_MODE2, SYSCALL, UNSPEC, UNKNOWN -> List.of(BPF);
    };
  }

  /** Such as {@code "CAP_NET_ADMIN"}. */
  @Override
  public String toString() {
    return "CAP_" + name();
  }
}
