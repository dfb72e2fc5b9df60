package io.github.bpf4j;

import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.hook.XdpHook;
import io.github.bpf4j.libbpf.XdpQuery;
import io.github.bpf4j.net.NetworkDevice;

/**
 * Which programs are on one device, asked again and again, such as once a report:
 *
 * <pre>{@code
 * try (XdpWatch watch = new XdpWatch(device)) {
 *   while (watch.look() && watch.programId(XdpMode.NATIVE) == program.info().id()) {
 *     …
 *   }
 * }
 * }</pre>
 *
 * <p>A look is a question to {@code rtnetlink(7)} and its answer: two system calls, neither of them
 * {@code bpf(2)}. It allocates nothing and needs no capability. {@link Xdp#query} says more: whose
 * the programs are.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class XdpWatch implements AutoCloseable {
  private final NetworkDevice device;
  private final XdpQuery query;

  /**
   * Watches a device in its network namespace: the device's own, or the calling thread's.
   *
   * @throws io.github.bpf4j.error.BpfException when there are no descriptors left
   */
  public XdpWatch(NetworkDevice device) {
    this.device = device;
    this.query = device.callThere(() -> new XdpQuery(device.index()));
  }

  /**
   * Asks the kernel.
   *
   * @return false when the device is gone, or was moved to another network namespace
   * @throws io.github.bpf4j.error.BpfException when the kernel does not answer
   * @throws IllegalStateException when this is closed
   */
  public synchronized boolean look() {
    int result = query.ask();
    if (result < 0 && result != -Errno.ENODEV) {
      throw XdpHook.cannotQuery(device, -result);
    }
    return result == 0;
  }

  /** Id of the program that the last {@link #look} saw in a mode, 0 for none. */
  public synchronized int programId(XdpMode mode) {
    return XdpHook.programId(query, mode);
  }

  /** Gives up the socket; idempotent. */
  @Override
  public void close() {
    query.close();
  }
}
