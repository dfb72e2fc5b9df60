package io.github.bpf4j.attach;

/**
 * The sockets of a sockmap or sockhash: what they send ({@code SK_MSG}) or receive ({@code SK_SKB})
 * goes through the program.
 *
 * <pre>{@code
 * SockmapAttachPoint.on(map.fd())
 * SockmapAttachPoint.on(map.fd()).byLink()       // kernel 6.10
 * }</pre>
 *
 * <p>Which of the hooks it is, the program's section says: {@code "sk_msg"}, {@code
 * "sk_skb/stream_parser"}, {@code "sk_skb/stream_verdict"}, {@code "sk_skb/verdict"}. A map has one
 * program of each, and none is replaced unasked. Needs CAP_NET_ADMIN. Kernels before 5.17 do not
 * tell what a map has: there it takes {@link #replacingAny}, {@code isAttached()} stays true until
 * the link is detached, and {@code update} is refused.
 *
 * <p>Sockets take the programs that the map has when they are put into it: attach first.
 *
 * <p>The map holds the program and lives as long as anything needs it, so without a link the
 * program goes with the last user of the map. By a link it goes with the process.
 *
 * <p>Immutable: each method returns another point.
 */
public final class SockmapAttachPoint implements AttachPoint {
  private final int mapFd;
  private final boolean byLink;
  private final boolean replacesAny;

  private SockmapAttachPoint(int mapFd, boolean byLink, boolean replacesAny) {
    this.mapFd = mapFd;
    this.byLink = byLink;
    this.replacesAny = replacesAny;
  }

  /**
   * A map.
   *
   * @param mapFd the map's descriptor, such as {@code BpfMap.fd()}; needed until it is attached
   */
  public static SockmapAttachPoint on(int mapFd) {
    return new SockmapAttachPoint(mapFd, false, false);
  }

  /** The same by a {@code bpf_link} (kernel 6.10), which nobody can replace. */
  public SockmapAttachPoint byLink() {
    return new SockmapAttachPoint(mapFd, true, false);
  }

  /** The same without a link, taking the place of whatever program the map has. */
  public SockmapAttachPoint replacingAny() {
    return new SockmapAttachPoint(mapFd, false, true);
  }

  /** The map's descriptor. */
  public int mapFd() {
    return mapFd;
  }

  /** Whether a link holds it. */
  public boolean isByLink() {
    return byLink;
  }

  /** Whether it takes the place of whatever program the map has. */
  public boolean replacesAny() {
    return replacesAny;
  }

  /** Such as {@code "sockmap fd 12"}. */
  @Override
  public String toString() {
    return "sockmap fd " + mapFd;
  }
}
