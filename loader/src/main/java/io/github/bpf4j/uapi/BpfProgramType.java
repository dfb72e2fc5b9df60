package io.github.bpf4j.uapi;

/**
 * The kinds of program, as {@code enum bpf_prog_type} of {@code linux/bpf.h} numbers them.
 *
 * <p>A kernel newer than this list may report others: they are {@link #UNKNOWN}, and whoever
 * reports them carries the number beside.
 */
public enum BpfProgramType {
  UNSPEC(0),
  SOCKET_FILTER(1),
  KPROBE(2),
  SCHED_CLS(3),
  SCHED_ACT(4),
  TRACEPOINT(5),
  XDP(6),
  PERF_EVENT(7),
  CGROUP_SKB(8),
  CGROUP_SOCK(9),
  LWT_IN(10),
  LWT_OUT(11),
  LWT_XMIT(12),
  SOCK_OPS(13),
  SK_SKB(14),
  CGROUP_DEVICE(15),
  SK_MSG(16),
  RAW_TRACEPOINT(17),
  CGROUP_SOCK_ADDR(18),
  LWT_SEG6LOCAL(19),
  LIRC_MODE2(20),
  SK_REUSEPORT(21),
  FLOW_DISSECTOR(22),
  CGROUP_SYSCTL(23),
  RAW_TRACEPOINT_WRITABLE(24),
  CGROUP_SOCKOPT(25),
  TRACING(26),
  STRUCT_OPS(27),
  EXT(28),
  LSM(29),
  SK_LOOKUP(30),
  SYSCALL(31),
  NETFILTER(32),
  /** A number that this version of bpf4j has no name for. */
  UNKNOWN(-1);

  private static final BpfProgramType[] BY_NUMBER = byNumber();

  private final int number;

  BpfProgramType(int number) {
    this.number = number;
  }

  /** The kernel's number; -1 for {@link #UNKNOWN}. */
  public int number() {
    return number;
  }

  /** The constant for a kernel's number, {@link #UNKNOWN} where there is none. */
  public static BpfProgramType of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }

  // The kernel numbers them without gaps, which the test against the generated bindings proves.
  private static BpfProgramType[] byNumber() {
    BpfProgramType[] all = values();
    BpfProgramType[] known = new BpfProgramType[all.length - 1];
    for (BpfProgramType type : all) {
      if (type != UNKNOWN) {
        known[type.number] = type;
      }
    }
    return known;
  }
}
