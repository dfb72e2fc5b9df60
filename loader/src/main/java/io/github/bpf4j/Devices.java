package io.github.bpf4j;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.DeviceState;
import io.github.bpf4j.hook.DeviceHooks;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.uapi.BpfAttachType;
import java.util.List;

/**
 * What is on the hooks of network devices, all of them at once: {@link Xdp}, {@link Tc} and {@link
 * Tcx} in one answer, which looks through processes and links once for all of them.
 *
 * <p>Takes CAP_NET_ADMIN; owner, name and tag of a program take CAP_SYS_ADMIN. Thread safety: all
 * methods may be called from any thread.
 */
public final class Devices {
  private Devices() {}

  /**
   * What is on a device.
   *
   * @throws io.github.bpf4j.error.BpfException when it is gone
   */
  public static DeviceState query(NetworkDevice device) {
    return DeviceHooks.query(device);
  }

  /** What is on each device of the calling thread's network namespace, in the kernel's order. */
  public static List<DeviceState> queryAll() {
    return DeviceHooks.queryAll();
  }

  /**
   * Removes what {@link DeviceState#shared} holds, exactly that program; takes CAP_SYS_ADMIN.
   *
   * @param hook one of TCX or netkit
   * @return false when it is gone
   * @throws io.github.bpf4j.error.BpfException when a {@code bpf_link} holds it
   */
  public static boolean detach(NetworkDevice device, BpfAttachType hook, AttachedProgram program) {
    return DeviceHooks.detach(device, hook, program);
  }
}
