package io.github.bpf4j.attach;

import io.github.bpf4j.net.NetworkNamespace;
import java.util.Locale;
import java.util.Optional;

/**
 * A hook of netfilter, where iptables and nftables hook too (kernel 6.4,
 * CONFIG_NETFILTER_BPF_LINK).
 *
 * <pre>{@code
 * NetfilterAttachPoint.ipv4(NetfilterHook.PREROUTING).priority(-128)
 * NetfilterAttachPoint.ipv6(NetfilterHook.LOCAL_IN).priority(10).defragmented()
 * }</pre>
 *
 * <p>Programs are of type {@code NETFILTER}, section {@code "netfilter"}; they return {@code
 * NF_DROP} (0) or {@code NF_ACCEPT} (1). The lowest priority runs first; a priority of a hook has
 * one owner. Needs CAP_BPF and CAP_NET_ADMIN. A {@code bpf_link} holds it; the namespace's end
 * detaches it.
 *
 * <p>Immutable: each method returns another point.
 */
public final class NetfilterAttachPoint implements AttachPoint {
  /** Where on a packet's way: {@code enum nf_inet_hooks} of {@code linux/netfilter.h}. */
  public enum NetfilterHook {
    PREROUTING(0),
    LOCAL_IN(1),
    FORWARD(2),
    LOCAL_OUT(3),
    POSTROUTING(4);

    private final int number;

    NetfilterHook(int number) {
      this.number = number;
    }

    /** The kernel's number. */
    public int number() {
      return number;
    }
  }

  private static final int IPV4 = 2;
  private static final int IPV6 = 10;

  private final int family;
  private final NetfilterHook hook;
  private final int priority;
  private final boolean defragmented;
  private final Optional<NetworkNamespace> namespace;

  private NetfilterAttachPoint(
      int family,
      NetfilterHook hook,
      int priority,
      boolean defragmented,
      Optional<NetworkNamespace> namespace) {
    this.family = family;
    this.hook = hook;
    this.priority = priority;
    this.defragmented = defragmented;
    this.namespace = namespace;
  }

  /** IPv4 packets of the attaching thread's namespace, at priority 0. */
  public static NetfilterAttachPoint ipv4(NetfilterHook hook) {
    return new NetfilterAttachPoint(IPV4, hook, 0, false, Optional.empty());
  }

  /** IPv6 packets of the attaching thread's namespace, at priority 0. */
  public static NetfilterAttachPoint ipv6(NetfilterHook hook) {
    return new NetfilterAttachPoint(IPV6, hook, 0, false, Optional.empty());
  }

  /**
   * The same at a priority; the kernel keeps the least and the greatest {@code int} for itself.
   *
   * @param newPriority such as {@code NF_IP_PRI_FILTER} (0), {@code NF_IP_PRI_NAT_DST} (-100)
   */
  public NetfilterAttachPoint priority(int newPriority) {
    return new NetfilterAttachPoint(family, hook, newPriority, defragmented, namespace);
  }

  /**
   * The same after the kernel has put fragments together (kernel 6.6); takes a priority above
   * {@code NF_IP_PRI_CONNTRACK_DEFRAG} (-400).
   */
  public NetfilterAttachPoint defragmented() {
    return new NetfilterAttachPoint(family, hook, priority, true, namespace);
  }

  /** The same in a namespace, which has to be open until it is attached. */
  public NetfilterAttachPoint in(NetworkNamespace newNamespace) {
    return new NetfilterAttachPoint(
        family, hook, priority, defragmented, Optional.of(newNamespace));
  }

  /** {@code NFPROTO_IPV4} (2) or {@code NFPROTO_IPV6} (10). */
  public int family() {
    return family;
  }

  /** Where on a packet's way. */
  public NetfilterHook hook() {
    return hook;
  }

  /** The lowest runs first. */
  public int priority() {
    return priority;
  }

  /** Whether fragments are put together before. */
  public boolean isDefragmented() {
    return defragmented;
  }

  /** The namespace; empty for that of the thread that attaches. */
  public Optional<NetworkNamespace> namespace() {
    return namespace;
  }

  /** Such as {@code "netfilter (ipv4 local_in, priority 10)"}. */
  @Override
  public String toString() {
    return "netfilter ("
        + (family == IPV4 ? "ipv4 " : "ipv6 ")
        + hook.name().toLowerCase(Locale.ROOT)
        + ", priority "
        + priority
        + ")";
  }
}
