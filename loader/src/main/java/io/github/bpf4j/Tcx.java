package io.github.bpf4j;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.HookState;
import io.github.bpf4j.attach.TcDirection;
import io.github.bpf4j.hook.SharedDeviceHook;
import io.github.bpf4j.net.NetworkDevice;

/**
 * What is on the TCX and netkit hooks of this host, whoever put it there.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class Tcx {
  private Tcx() {}

  /**
   * What is attached to a device (kernel 6.6). Owner, name and tag take CAP_SYS_ADMIN.
   *
   * @throws io.github.bpf4j.error.BpfException when the device is gone, or the kernel has no TCX
   */
  public static HookState query(NetworkDevice device, TcDirection direction) {
    return SharedDeviceHook.query(device, direction);
  }

  /**
   * Removes what {@link #query} found, exactly that program; takes CAP_SYS_ADMIN.
   *
   * @return false when it is gone
   * @throws io.github.bpf4j.error.BpfException when a {@code bpf_link} holds it
   */
  public static boolean detach(
      NetworkDevice device, TcDirection direction, AttachedProgram program) {
    return SharedDeviceHook.detach(device, direction, program);
  }

  /** What sees the packets that the primary of a netkit pair sends (kernel 6.7). */
  public static HookState queryNetkitPrimary(NetworkDevice device) {
    return SharedDeviceHook.queryNetkit(device, false);
  }

  /** What sees the packets that the peer of this primary sends (kernel 6.7). */
  public static HookState queryNetkitPeer(NetworkDevice device) {
    return SharedDeviceHook.queryNetkit(device, true);
  }
}
