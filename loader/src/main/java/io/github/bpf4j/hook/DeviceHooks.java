package io.github.bpf4j.hook;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.DeviceState;
import io.github.bpf4j.attach.TcAttachment;
import io.github.bpf4j.attach.TcDirection;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.uapi.BpfAttachType;
import java.util.ArrayList;
import java.util.List;

/** All hooks of network devices at once. */
public final class DeviceHooks {
  private DeviceHooks() {}

  /** What is on a device. */
  public static DeviceState query(NetworkDevice device) {
    return device.callThere(() -> query(device, new Owners()));
  }

  /** What is on the devices of the calling thread's namespace, which all are in the answer. */
  public static List<DeviceState> queryAll() {
    Owners owners = new Owners();
    List<DeviceState> all = new ArrayList<>();
    for (NetworkDevice device : NetworkDevice.all()) {
      try {
        all.add(query(device, owners));
      } catch (BpfException e) {
        if (e.errno().orElse(0) != Errno.ENODEV && device.exists()) {
          throw e;
        }
      }
    }
    return all;
  }

  private static DeviceState query(NetworkDevice device, Owners owners) {
    List<TcAttachment> tc = new ArrayList<>();
    for (TcDirection direction : TcDirection.values()) {
      tc.addAll(TcHook.query(device, direction.parent(), owners));
    }
    return new DeviceState(
        device, XdpHook.query(device, owners), tc, SharedDeviceHook.queryAll(device, owners));
  }

  /** Removes a program of one of the hooks that programs share. */
  public static boolean detach(NetworkDevice device, BpfAttachType hook, AttachedProgram program) {
    if (!SharedDeviceHook.TYPES.contains(hook)) {
      throw new IllegalArgumentException(hook + " is none of " + SharedDeviceHook.TYPES);
    }
    return SharedDeviceHook.detach(device, hook, program);
  }
}
