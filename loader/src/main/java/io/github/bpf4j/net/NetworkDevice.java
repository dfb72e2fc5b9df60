package io.github.bpf4j.net;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Netdevices;
import java.util.List;

/**
 * A network device (interface) in the network namespace of the thread that looked it up.
 *
 * <p>The index is what the kernel goes by; it stays when the device is renamed and is not used
 * again soon after the device is removed.
 *
 * @param name such as {@code "eth0"}, at most 15 bytes
 * @param index the ifindex, greater than 0
 * @see <a href="https://man7.org/linux/man-pages/man3/if_nametoindex.3.html">if_nametoindex(3)</a>
 */
public record NetworkDevice(String name, int index) {
  /**
   * Looks up a device by its name.
   *
   * @throws BpfException when there is none; lists those that exist
   */
  public static NetworkDevice of(String name) {
    int index = Netdevices.index(name);
    if (index == 0) {
      throw noSuch(name);
    }
    return new NetworkDevice(name, index);
  }

  /**
   * Looks up a device by its index.
   *
   * @throws BpfException when there is none; lists those that exist
   */
  public static NetworkDevice of(int index) {
    String name = Netdevices.name(index);
    if (name.isEmpty()) {
      throw noSuch("with index " + index);
    }
    return new NetworkDevice(name, index);
  }

  /** All devices of the namespace, in the kernel's order. */
  public static List<NetworkDevice> all() {
    return Netdevices.all().entrySet().stream()
        .map(device -> new NetworkDevice(device.getKey(), device.getValue()))
        .toList();
  }

  /** Whether a device of this index still exists under whatever name. */
  public boolean exists() {
    return !Netdevices.name(index).isEmpty();
  }

  private static BpfException noSuch(String what) {
    List<String> names = all().stream().map(NetworkDevice::name).toList();
    return new BpfException(
        Failure.of("find", "interface " + what, Errno.ENODEV)
            .because("there is no such interface")
            .hint("there are: " + String.join(", ", names)));
  }

  @Override
  public String toString() {
    return name;
  }
}
