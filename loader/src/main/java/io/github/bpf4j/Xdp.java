package io.github.bpf4j;

import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.hook.XdpHook;
import io.github.bpf4j.net.NetworkDevice;
import java.util.List;

/**
 * What is on the XDP hooks of this host, whoever put it there.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class Xdp {
  private Xdp() {}

  /**
   * What is attached to a device: at most one program in hardware, and one in native or skb mode.
   * Owner, name and tag take CAP_SYS_ADMIN.
   *
   * @throws io.github.bpf4j.error.BpfException when the device is gone
   */
  public static List<XdpAttachment> query(NetworkDevice device) {
    return XdpHook.query(device);
  }

  /**
   * Removes what {@link #query} found, if it is still that very program; takes CAP_SYS_ADMIN.
   *
   * @return false when it is gone, or another program is in its place
   * @throws io.github.bpf4j.error.BpfException when a {@code bpf_link} holds it
   */
  public static boolean detach(XdpAttachment attachment) {
    return XdpHook.detach(attachment);
  }
}
