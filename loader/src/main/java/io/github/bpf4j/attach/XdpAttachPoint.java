package io.github.bpf4j.attach;

import io.github.bpf4j.net.NetworkDevice;

/**
 * The XDP hook of a network device.
 *
 * <pre>{@code
 * XdpAttachPoint.on("eth0")                        // native mode, by netlink, only where nothing is
 * XdpAttachPoint.on("eth0").mode(XdpMode.SKB)
 * XdpAttachPoint.on("eth0").via(Via.LINK)          // goes when the process ends
 * XdpAttachPoint.on("eth0").replacing(Replace.ANY) // takes another program's place
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
 * @param device the device
 * @param mode who runs the program; never another one than this
 * @param via how it is attached
 * @param replace what to do when another program is there
 */
public record XdpAttachPoint(NetworkDevice device, XdpMode mode, Via via, Replace replace)
    implements AttachPoint {

  /** How the kernel holds the attachment. */
  public enum Via {
    /** By the device ({@code ip link set dev … xdp} does so): stays when the process ends. */
    NETLINK,
    /** By a {@code bpf_link}: goes when its last file descriptor is closed. */
    LINK
  }

  /** What to do when another program is attached. */
  public enum Replace {
    /** Fail, and name it. */
    NOTHING,
    /** Take its place atomically. A program that a {@code bpf_link} holds cannot be replaced. */
    ANY
  }

  /** The device of that name in the calling thread's network namespace. */
  public static XdpAttachPoint on(String device) {
    return on(NetworkDevice.of(device));
  }

  public static XdpAttachPoint on(NetworkDevice device) {
    return new XdpAttachPoint(device, XdpMode.NATIVE, Via.NETLINK, Replace.NOTHING);
  }

  public XdpAttachPoint mode(XdpMode newMode) {
    return new XdpAttachPoint(device, newMode, via, replace);
  }

  public XdpAttachPoint via(Via newVia) {
    return new XdpAttachPoint(device, mode, newVia, replace);
  }

  public XdpAttachPoint replacing(Replace newReplace) {
    return new XdpAttachPoint(device, mode, via, newReplace);
  }

  /** Such as {@code "eth0 (native mode)"}. */
  @Override
  public String toString() {
    return device + " (" + mode + " mode)";
  }
}
