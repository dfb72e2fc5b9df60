package io.github.bpf4j.samples.demo;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.CommandFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Two devices joined by a wire, in the network namespace of the calling thread. They get no
 * addresses, IPv6's own included, so that nothing is on the wire but what is put there.
 *
 * @param sender where frames go in
 * @param receiver where they come out
 */
public record VethPair(NetworkDevice sender, NetworkDevice receiver) {
  /** Makes the pair and sets both ends up. */
  public static VethPair create(String sender, String receiver) {
    ip("link", "add", sender, "type", "veth", "peer", "name", receiver);
    for (String end : new String[] {sender, receiver}) {
      ip("link", "set", "dev", end, "addrgenmode", "none");
      ip("link", "set", "dev", end, "up");
    }
    return new VethPair(NetworkDevice.of(sender), NetworkDevice.of(receiver));
  }

  private static void ip(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "ip";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        if (said.contains("Operation not permitted")) {
          throw new CommandFailedException(
              "cannot make the demo's interfaces: that takes CAP_NET_ADMIN: run as root");
        }
        throw failed(command, said.strip());
      }
    } catch (IOException e) {
      throw failed(command, e.getMessage() + ": install iproute2");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(command, "interrupted");
    }
  }

  private static CommandFailedException failed(String[] command, String reason) {
    return new CommandFailedException("cannot run " + String.join(" ", command) + ": " + reason);
  }
}
