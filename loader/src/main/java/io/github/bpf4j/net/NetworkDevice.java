package io.github.bpf4j.net;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Netdevices;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A network device (interface).
 *
 * <pre>{@code
 * NetworkDevice.of("eth0")                           // where the calling thread is
 * NetworkDevice.of(NetworkInterface.getByName("eth0"))
 * NetworkNamespace.open(Path.of("/run/netns/blue")).device("eth0")
 * }</pre>
 *
 * <p>The index is what the kernel goes by; it stays when the device is renamed and is not used
 * again soon after the device is removed. It means something in one network namespace only: a
 * device that {@link NetworkNamespace#device} found remembers its own, and is used there whichever
 * thread asks; one that {@link #of} found is used in the namespace of the calling thread.
 *
 * <p>Immutable. A device of another namespace is of use until that {@link NetworkNamespace} is
 * closed.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/if_nametoindex.3.html">if_nametoindex(3)</a>
 */
public final class NetworkDevice {
  private final String name;
  private final int index;
  private final @Nullable NetworkNamespace namespace;

  /**
   * A device of the calling thread's namespace, without asking whether there is one.
   *
   * @param name such as {@code "eth0"}, at most 15 bytes
   * @param index the ifindex, greater than 0
   */
  public NetworkDevice(String name, int index) {
    this(name, index, null);
  }

  private NetworkDevice(String name, int index, @Nullable NetworkNamespace namespace) {
    this.name = name;
    this.index = index;
    this.namespace = namespace;
  }

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

  /**
   * The device that Java knows as an interface; of an address label such as {@code eth0:1}, the
   * device that bears it.
   *
   * @throws BpfException when it is gone
   */
  public static NetworkDevice of(NetworkInterface networkInterface) {
    return of(networkInterface.getIndex());
  }

  /** All devices of the namespace, in the kernel's order. */
  public static List<NetworkDevice> all() {
    return Netdevices.all().entrySet().stream()
        .map(device -> new NetworkDevice(device.getKey(), device.getValue()))
        .toList();
  }

  /** Such as {@code "eth0"}, when it was looked up. */
  public String name() {
    return name;
  }

  /** The ifindex. */
  public int index() {
    return index;
  }

  NetworkDevice in(NetworkNamespace newNamespace) {
    return new NetworkDevice(name, index, newNamespace);
  }

  /**
   * Runs code in the device's network namespace: on this thread when it is there already, on a
   * thread of its own otherwise.
   *
   * @throws IllegalStateException when the device's {@link NetworkNamespace} is closed
   */
  public <T> T callThere(Supplier<T> code) {
    return namespace == null || namespace.isCurrent() ? code.get() : namespace.callUnchecked(code);
  }

  /** Whether a device of this index still exists under whatever name. */
  public boolean exists() {
    return callThere(() -> !Netdevices.name(index).isEmpty());
  }

  private static BpfException noSuch(String what) {
    List<String> names = all().stream().map(NetworkDevice::name).toList();
    return new BpfException(
        Failure.of("find", "interface " + what, Errno.ENODEV)
            .because("there is no such interface")
            .hint("there are: " + String.join(", ", names)));
  }

  /** Whether name, index and namespace are the same. */
  @Override
  @SuppressWarnings("exports") // @Nullable is for compilers: nobody needs it at run time
  public boolean equals(@Nullable Object other) {
    return other instanceof NetworkDevice device
        && index == device.index
        && name.equals(device.name)
        && Objects.equals(namespace, device.namespace);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, index);
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
