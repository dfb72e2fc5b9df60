package io.github.bpf4j.testing;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.net.NetworkNamespace;
import java.util.concurrent.Callable;

/**
 * A network namespace without a name, with a veth pair {@code left} and {@code right} and nothing
 * else: no addresses, no IPv6, so that only what a test sends is on the wire. The kernel removes
 * all of it with the last reference.
 */
public final class TestNetwork implements AutoCloseable {
  private static final int TRIES = 1000;
  private static final int PAUSE_MILLIS = 10;

  private final NetworkNamespace namespace = NetworkNamespace.create();

  public TestNetwork() throws Exception {
    namespace.call(
        () -> {
          Commands.run("ip", "link", "add", "left", "type", "veth", "peer", "name", "right");
          for (String device : new String[] {"left", "right"}) {
            Commands.run("ip", "link", "set", "dev", device, "addrgenmode", "none");
            Commands.run("ip", "link", "set", "dev", device, "up");
          }
          awaitUp("left");
          awaitUp("right");
          return null;
        });
  }

  // For a moment after "up" the kernel takes frames, and drops them without a word (qdisc noop).
  private static void awaitUp(String device) throws InterruptedException {
    String state = "";
    for (int i = 0; i < TRIES; i++) {
      state = Commands.run("ip", "link", "show", "dev", device);
      if (state.contains("state UP") && !state.contains("qdisc noop ")) {
        return;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new AssertionError("not up: " + state);
  }

  /** Runs code inside, on a thread of its own. */
  public <T> T call(Callable<T> code) throws Exception {
    return namespace.call(code);
  }

  /** Runs code inside. */
  public void run(Code code) throws Exception {
    namespace.call(
        () -> {
          code.run();
          return null;
        });
  }

  /** A device of the namespace. */
  public NetworkDevice device(String name) throws Exception {
    return namespace.call(() -> NetworkDevice.of(name));
  }

  /** The same, to be used from outside. */
  public NetworkDevice deviceThere(String name) {
    return namespace.device(name);
  }

  @Override
  public void close() {
    namespace.close();
  }

  /** What a test does inside. */
  public interface Code {
    void run() throws Exception;
  }
}
