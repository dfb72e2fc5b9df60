package io.github.bpf4j;

import io.github.bpf4j.attach.TcAttachment;
import io.github.bpf4j.attach.TcDirection;
import io.github.bpf4j.hook.TcHook;
import io.github.bpf4j.net.NetworkDevice;
import java.util.List;

/**
 * What BPF filters traffic control has on this host, whoever put them there.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class Tc {
  private Tc() {}

  /**
   * The BPF filters of a device, in the order in which they run; those of TCX run before. Owner,
   * name and tag take CAP_SYS_ADMIN.
   *
   * @throws io.github.bpf4j.error.BpfException when the device is gone
   */
  public static List<TcAttachment> query(NetworkDevice device, TcDirection direction) {
    return query(device, direction.parent());
  }

  /** The BPF filters of another qdisc or class; see {@code TcAttachPoint.below}. */
  public static List<TcAttachment> query(NetworkDevice device, int parent) {
    return TcHook.query(device, parent);
  }

  /**
   * Removes what {@link #query} found, if it is still that very program. The kernel cannot be told
   * which one to expect: it is looked at right before.
   *
   * @return false when it is gone, or another program is in its place
   */
  public static boolean detach(TcAttachment attachment) {
    return TcHook.detach(attachment);
  }
}
