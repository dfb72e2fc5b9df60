package io.github.bpf4j.attach;

import io.github.bpf4j.net.NetworkDevice;

/**
 * A netkit device: a pair of which one end, the primary, lets programs see the packets that either
 * end sends (kernel 6.7, CONFIG_NETKIT).
 *
 * <pre>
 *    host                          container
 *   [ primary ] ◀── peer() programs ── [ peer ]
 *        └──────── primary() programs ──▶
 * </pre>
 *
 * <p>Both are named by the primary device. Programs are of type {@code SCHED_CLS}, section {@code
 * "netkit/primary"} or {@code "netkit/peer"}. Needs CAP_NET_ADMIN. Several programs share the hook,
 * so it is never taken and nothing is replaced.
 *
 * <p>Immutable: each method returns another point.
 */
public final class NetkitAttachPoint implements AttachPoint {
  private final NetworkDevice device;
  private final boolean peer;
  private final Sharing sharing;

  private NetkitAttachPoint(NetworkDevice device, boolean peer, Sharing sharing) {
    this.device = device;
    this.peer = peer;
    this.sharing = sharing;
  }

  /** Packets that the primary sends. */
  public static NetkitAttachPoint primary(NetworkDevice device) {
    return new NetkitAttachPoint(device, false, Sharing.DEFAULT);
  }

  /** Packets that the peer of this primary sends. */
  public static NetkitAttachPoint peer(NetworkDevice device) {
    return new NetkitAttachPoint(device, true, Sharing.DEFAULT);
  }

  /** The same at another place among the programs. */
  public NetkitAttachPoint at(Position position) {
    return new NetkitAttachPoint(device, peer, sharing.at(position));
  }

  /** The same, failing with ESTALE when the hook's revision is another by then. */
  public NetkitAttachPoint expecting(long revision) {
    return new NetkitAttachPoint(device, peer, sharing.expecting(revision));
  }

  /** The same by {@code BPF_PROG_ATTACH}: the program stays when the process ends. */
  public NetkitAttachPoint withoutLink() {
    return new NetkitAttachPoint(device, peer, sharing.withoutLink());
  }

  /** The same, taking the place of one program that no link holds, and no other. */
  public NetkitAttachPoint replacing(int programId) {
    return new NetkitAttachPoint(device, peer, sharing.replacing(programId));
  }

  /** The primary device. */
  public NetworkDevice device() {
    return device;
  }

  /** Whether it is the peer's packets. */
  public boolean isPeer() {
    return peer;
  }

  /** Where among other programs, and how it is held. */
  public Sharing sharing() {
    return sharing;
  }

  /** Such as {@code "nk0 (netkit primary)"}. */
  @Override
  public String toString() {
    return device + " (netkit " + (peer ? "peer" : "primary") + ")";
  }
}
