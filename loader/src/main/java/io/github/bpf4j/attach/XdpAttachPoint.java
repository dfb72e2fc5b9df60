package io.github.bpf4j.attach;

import io.github.bpf4j.net.NetworkDevice;
import java.util.OptionalInt;

/**
 * The XDP hook of a network device.
 *
 * <pre>{@code
 * XdpAttachPoint.on("eth0")                        // native mode, by netlink, only where nothing is
 * XdpAttachPoint.on("eth0").mode(XdpMode.SKB)
 * XdpAttachPoint.on("eth0").via(Via.LINK)          // goes when the process ends
 * XdpAttachPoint.on("eth0").replacing(17)          // takes the place of program 17 and no other
 * XdpAttachPoint.on("eth0").replacingAny()         // takes the place of whatever is there
 * }</pre>
 *
 * <table>
 * <caption>What becomes of the attachment</caption>
 * <tr><th></th><th>{@link Via#NETLINK}</th><th>{@link Via#LINK}</th></tr>
 * <tr><td>{@code close()}, {@code detach()}</td><td>removed</td><td>removed</td></tr>
 * <tr><td>process killed</td><td>stays ({@code bpf4j detach} removes it)</td><td>removed</td></tr>
 * <tr><td>another program may replace it</td><td>yes, by netlink</td><td>no</td></tr>
 * <tr><td>kernel</td><td>5.7</td><td>5.9</td></tr>
 * </table>
 *
 * <p>Replacing is atomic, by netlink only, and never takes the place of a program that a {@code
 * bpf_link} holds: the kernel refuses it.
 *
 * <p>Immutable: each method returns another point.
 */
public final class XdpAttachPoint implements AttachPoint {

  /** How the kernel holds the attachment. */
  public enum Via {
    /** By the device ({@code ip link set dev … xdp} does so): stays when the process ends. */
    NETLINK,
    /** By a {@code bpf_link}: goes when its last file descriptor is closed. */
    LINK
  }

  private final NetworkDevice device;
  private final XdpMode mode;
  private final Via via;
  private final boolean replacesAny;
  private final OptionalInt replaced;

  private XdpAttachPoint(
      NetworkDevice device, XdpMode mode, Via via, boolean replacesAny, OptionalInt replaced) {
    this.device = device;
    this.mode = mode;
    this.via = via;
    this.replacesAny = replacesAny;
    this.replaced = replaced;
  }

  /**
   * The device of that name in the calling thread's network namespace.
   *
   * @throws io.github.bpf4j.error.BpfException when there is none; lists those that exist
   */
  public static XdpAttachPoint on(String device) {
    return on(NetworkDevice.of(device));
  }

  /** A device: in native mode, by netlink, only where nothing is attached. */
  public static XdpAttachPoint on(NetworkDevice device) {
    return new XdpAttachPoint(device, XdpMode.NATIVE, Via.NETLINK, false, OptionalInt.empty());
  }

  /** The same in another mode; the program runs in this one or not at all. */
  public XdpAttachPoint mode(XdpMode newMode) {
    return new XdpAttachPoint(device, newMode, via, replacesAny, replaced);
  }

  /** The same, held by the kernel in another way. */
  public XdpAttachPoint via(Via newVia) {
    return new XdpAttachPoint(device, mode, newVia, replacesAny, replaced);
  }

  /** The same, taking the place of whatever program is there, or of none. */
  public XdpAttachPoint replacingAny() {
    return new XdpAttachPoint(device, mode, via, true, OptionalInt.empty());
  }

  /**
   * The same, taking the place of one program and no other: attaching fails when another one, or
   * none, is there.
   *
   * @param programId the program's id, such as {@code Xdp.query} finds it
   */
  public XdpAttachPoint replacing(int programId) {
    return new XdpAttachPoint(device, mode, via, false, OptionalInt.of(programId));
  }

  /** The device. */
  public NetworkDevice device() {
    return device;
  }

  /** Who runs the program. */
  public XdpMode mode() {
    return mode;
  }

  /** How the kernel holds the attachment. */
  public Via via() {
    return via;
  }

  /** Whether it takes the place of whatever program is there. */
  public boolean replacesAny() {
    return replacesAny;
  }

  /** The id of the only program that it takes the place of. */
  public OptionalInt replaced() {
    return replaced;
  }

  /** Such as {@code "eth0 (native mode)"}. */
  @Override
  public String toString() {
    return device + " (" + mode + " mode)";
  }
}
