package io.github.bpf4j.samples.xdp1;

import io.github.bpf4j.Xdp;
import io.github.bpf4j.XdpWatch;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.samples.attach.Namespaces;
import io.github.bpf4j.samples.report.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of a program that is not where it was put. */
final class Whereabouts {
  private Whereabouts() {}

  /**
   * Says it in a sentence. A program that went with its interface to another network namespace is
   * taken off there.
   */
  static String of(Target target) {
    NetworkDevice device = target.device();
    if (device.exists()) {
      List<XdpAttachment> others = Xdp.query(device);
      return others.isEmpty()
          ? "the program was detached from " + device + " by someone else"
          : "the program on "
              + device
              + " was replaced by someone else's, which stays: "
              + others.stream().map(XdpAttachment::describe).collect(Collectors.joining(", "));
    }
    return elsewhere(target).orElse("interface " + device + " is gone");
  }

  private static Optional<String> elsewhere(Target target) {
    return Namespaces.search(
        (namespace, file) -> device(namespace, target).map(device -> moved(target, device, file)));
  }

  private static String moved(Target target, NetworkDevice device, Path namespace) {
    Xdp.query(device).stream()
        .filter(found -> found.program().id() == target.programId())
        .filter(found -> found.program().linkId().isEmpty()) // a link's is the session's to end
        .forEach(Xdp::detach);
    String name =
        device.name().equals(target.device().name()) ? "" : " (named " + device + " there)";
    return "interface "
        + target.device()
        + " was moved to network namespace "
        + namespace
        + name
        + "; the program is taken off it";
  }

  private static Optional<NetworkDevice> device(NetworkNamespace namespace, Target target) {
    return namespace.devices().stream().filter(device -> holds(device, target)).findFirst();
  }

  private static boolean holds(NetworkDevice device, Target target) {
    try (XdpWatch watch = new XdpWatch(device)) {
      return watch.look() && watch.programId(target.mode()) == target.programId();
    }
  }
}
