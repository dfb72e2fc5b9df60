package io.github.bpf4j.uapi;

/**
 * What a link is attached to: the part of {@code struct bpf_link_info} of {@code linux/bpf.h} that
 * is each kind's own. Kernels before the one that is named leave cookies 0.
 */
public sealed interface LinkTarget {
  /**
   * A network device: XDP, TCX, netkit.
   *
   * @param ifindex in the device's network namespace; 0 once the device is gone or the link
   *     detached
   */
  record Device(int ifindex, BpfAttachType attachType) implements LinkTarget {}

  /**
   * A cgroup.
   *
   * @param id the inode of its folder; 0 once the cgroup is gone or the link detached
   */
  record Cgroup(long id, BpfAttachType attachType) implements LinkTarget {}

  /**
   * A network namespace: {@code sk_lookup}, the flow dissector.
   *
   * @param inode of {@code /proc/PID/ns/net}; 0 once the namespace is gone or the link detached
   */
  record Netns(long inode, BpfAttachType attachType) implements LinkTarget {}

  /**
   * A raw tracepoint.
   *
   * @param cookie kernel 6.17
   */
  record RawTracepoint(String name, long cookie) implements LinkTarget {}

  /**
   * A function of the kernel or of a program, a BTF tracepoint, or an LSM hook.
   *
   * @param objectId the BTF object of the target, or the program that a freplace extends
   * @param btfId the target's type in it
   * @param cookie kernel 6.17
   */
  record Tracing(BpfAttachType attachType, int objectId, int btfId, long cookie)
      implements LinkTarget {}

  /**
   * An iterator.
   *
   * @param target what it walks, such as {@code "task"}
   * @param mapId the map that it walks, 0 when it is none
   */
  record Iterator(String target, int mapId) implements LinkTarget {}

  /** A struct_ops map. */
  record StructOps(int mapId) implements LinkTarget {}

  /** A sockmap or sockhash. */
  record Sockmap(int mapId, BpfAttachType attachType) implements LinkTarget {}

  /**
   * A hook of netfilter.
   *
   * @param family {@code NFPROTO_IPV4} (2), {@code NFPROTO_IPV6} (10)
   * @param hook {@code enum nf_inet_hooks}
   * @param flags 1: packets are defragmented before
   */
  record Netfilter(int family, int hook, int priority, int flags) implements LinkTarget {}

  /**
   * Many functions of the kernel.
   *
   * @param missed calls that were not traced (kernel 6.6)
   */
  record KprobeMulti(int count, boolean returning, long missed) implements LinkTarget {}

  /**
   * Many functions of a file.
   *
   * @param pid the process, 0 for all
   */
  record UprobeMulti(String path, int count, boolean returning, int pid) implements LinkTarget {}

  /**
   * A function of the kernel, by perf (kernel 6.6).
   *
   * @param function empty when its address is all that is known
   * @param missed calls that were not traced
   * @param cookie kernel 6.9
   */
  record Kprobe(
      String function, long offset, long address, boolean returning, long missed, long cookie)
      implements LinkTarget {}

  /**
   * A place in a file, by perf (kernel 6.6).
   *
   * @param offset in the file
   * @param cookie kernel 6.9
   */
  record Uprobe(String path, long offset, boolean returning, long cookie) implements LinkTarget {}

  /**
   * A tracepoint, by perf (kernel 6.6).
   *
   * @param cookie kernel 6.9
   */
  record Tracepoint(String name, long cookie) implements LinkTarget {}

  /**
   * Another event of perf (kernel 6.6).
   *
   * @param type {@code PERF_TYPE_*}
   * @param cookie kernel 6.9
   */
  record PerfEvent(int type, long config, long cookie) implements LinkTarget {}

  /** The kernel says nothing, or something that this version of bpf4j does not know. */
  record Unknown() implements LinkTarget {}

  /**
   * Whether the target is still there and the link on it; true where the kernel does not tell,
   * because links of that kind stay until they are closed.
   */
  default boolean isThere() {
    return switch (this) {
      case Device device -> device.ifindex != 0;
      case Cgroup cgroup -> cgroup.id != 0;
      case Netns netns -> netns.inode != 0;
      case StructOps ops -> ops.mapId != 0;
      case Sockmap sockmap -> sockmap.mapId != 0;
      default -> true;
    };
  }
}
