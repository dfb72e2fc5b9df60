package io.github.bpf4j.uapi;

/**
 * The kinds of link, as {@code enum bpf_link_type} of {@code linux/bpf.h} numbers them.
 *
 * <p>A kernel newer than this list may report others: they are {@link #UNKNOWN}, and whoever
 * reports them carries the number beside.
 */
public enum BpfLinkType {
  UNSPEC(0),
  RAW_TRACEPOINT(1),
  TRACING(2),
  CGROUP(3),
  ITER(4),
  NETNS(5),
  XDP(6),
  PERF_EVENT(7),
  KPROBE_MULTI(8),
  STRUCT_OPS(9),
  NETFILTER(10),
  TCX(11),
  UPROBE_MULTI(12),
  NETKIT(13),
  SOCKMAP(14),
  TRACING_MULTI(15),
  /** A number that this version of bpf4j has no name for. */
  UNKNOWN(-1);

  private static final BpfLinkType[] BY_NUMBER = byNumber();

  private final int number;

  BpfLinkType(int number) {
    this.number = number;
  }

  /** The kernel's number; -1 for {@link #UNKNOWN}. */
  public int number() {
    return number;
  }

  /** The constant for a kernel's number, {@link #UNKNOWN} where there is none. */
  public static BpfLinkType of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }

  // The kernel numbers them without gaps, which the test against the generated bindings proves.
  private static BpfLinkType[] byNumber() {
    BpfLinkType[] all = values();
    BpfLinkType[] known = new BpfLinkType[all.length - 1];
    for (BpfLinkType type : all) {
      if (type != UNKNOWN) {
        known[type.number] = type;
      }
    }
    return known;
  }
}
