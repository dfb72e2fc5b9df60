package io.github.bpf4j.libbpf;

import io.github.bpf4j.uapi.BpfProgramType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The capabilities that BPF takes, and which of them the calling thread has.
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
  /** Trace (kernel 5.8); CAP_SYS_ADMIN implies it. */
  PERFMON(38),
  /** Load programs and make maps (kernel 5.8); CAP_SYS_ADMIN implies it. */
  BPF(39);

  private static final List<Capability> NETWORK = List.of(BPF, NET_ADMIN);
  private static final List<Capability> TRACING = List.of(BPF, PERFMON);

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
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

  boolean isHeld() {
    long effective = effective();
    boolean implied = (this == BPF || this == PERFMON) && has(effective, SYS_ADMIN);
    return has(effective, this) || implied;
  }

  private static boolean has(long capabilities, Capability capability) {
    return (capabilities >>> capability.bit & 1) != 0;
  }

  /** Of the calling thread; all of them where /proc does not tell, so that nothing is claimed. */
  private static long effective() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
        if (line.startsWith("CapEff:")) {
          return Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16);
        }
      }
    } catch (IOException e) {
      return -1L;
    }
    return -1L;
  }

  @Override
  public String toString() {
    return "CAP_" + name();
  }
}
