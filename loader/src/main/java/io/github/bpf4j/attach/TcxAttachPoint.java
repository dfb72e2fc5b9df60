package io.github.bpf4j.attach;

import io.github.bpf4j.net.NetworkDevice;

/**
 * The TCX hook of a network device: programs in an order of their own, before those of TC (kernel
 * 6.6).
 *
 * <pre>{@code
 * TcxAttachPoint.ingress("eth0")                          // after all others
 * TcxAttachPoint.egress("eth0").at(Position.first())
 * TcxAttachPoint.ingress("eth0").at(Position.beforeProgram(17)).expecting(state.revision())
 * TcxAttachPoint.ingress("eth0").withoutLink()            // stays when the process ends
 * }</pre>
 *
 * <p>Programs are of type {@code SCHED_CLS}, section {@code "tcx/ingress"}, {@code "tcx/egress"} or
 * {@code "tc"}. One that returns {@code TCX_NEXT} (-1) hands the packet on to the next. Needs
 * CAP_NET_ADMIN. Several programs share the hook, so it is never taken and nothing is replaced; the
 * device's disappearance detaches all.
 *
 * <p>Immutable: each method returns another point.
 */
public final class TcxAttachPoint implements AttachPoint {
  private final NetworkDevice device;
  private final TcDirection direction;
  private final Sharing sharing;

  private TcxAttachPoint(NetworkDevice device, TcDirection direction, Sharing sharing) {
    this.device = device;
    this.direction = direction;
    this.sharing = sharing;
  }

  /** Packets that come in by the device of that name in the calling thread's namespace. */
  public static TcxAttachPoint ingress(String device) {
    return on(NetworkDevice.of(device), TcDirection.INGRESS);
  }

  /** Packets that go out by the device of that name in the calling thread's namespace. */
  public static TcxAttachPoint egress(String device) {
    return on(NetworkDevice.of(device), TcDirection.EGRESS);
  }

  /** A device: after all others, held by a {@code bpf_link}. */
  public static TcxAttachPoint on(NetworkDevice device, TcDirection direction) {
    return new TcxAttachPoint(device, direction, Sharing.DEFAULT);
  }

  /** The same at another place among the programs. */
  public TcxAttachPoint at(Position position) {
    return new TcxAttachPoint(device, direction, sharing.at(position));
  }

  /**
   * The same, failing with ESTALE when the hook's revision, as {@code Tcx.query} read it, is
   * another by then.
   */
  public TcxAttachPoint expecting(long revision) {
    return new TcxAttachPoint(device, direction, sharing.expecting(revision));
  }

  /**
   * The same by {@code BPF_PROG_ATTACH}: the program stays when the process ends, until it is
   * detached or the device is gone.
   */
  public TcxAttachPoint withoutLink() {
    return new TcxAttachPoint(device, direction, sharing.withoutLink());
  }

  /**
   * The same, taking the place of one program and no other; without a link only, and of a program
   * that none holds.
   */
  public TcxAttachPoint replacing(int programId) {
    return new TcxAttachPoint(device, direction, sharing.replacing(programId));
  }

  /** The device. */
  public NetworkDevice device() {
    return device;
  }

  /** Which way packets go. */
  public TcDirection direction() {
    return direction;
  }

  /** Where among other programs, and how it is held. */
  public Sharing sharing() {
    return sharing;
  }

  /** Such as {@code "eth0 (tcx ingress)"}. */
  @Override
  public String toString() {
    return device + " (tcx " + direction + ")";
  }
}
