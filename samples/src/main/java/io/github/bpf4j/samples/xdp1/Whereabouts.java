package io.github.bpf4j.samples.xdp1;

import io.github.bpf4j.Xdp;
import io.github.bpf4j.XdpWatch;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.samples.report.Target;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    Set<NetworkNamespace> seen = new HashSet<>();
    try {
      for (Path file : files()) {
        Optional<NetworkNamespace> namespace = open(file);
        if (namespace.isPresent() && seen.add(namespace.get())) {
          Optional<NetworkDevice> device = device(namespace.get(), target);
          if (device.isPresent()) {
            return Optional.of(moved(target, device.get(), file));
          }
        } else {
          namespace.ifPresent(NetworkNamespace::close);
        }
      }
      return Optional.empty();
    } finally {
      seen.forEach(NetworkNamespace::close);
    }
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

  private static Optional<NetworkNamespace> open(Path file) {
    try {
      return Optional.of(NetworkNamespace.open(file));
    } catch (BpfException e) {
      return Optional.empty(); // its process has ended, or it is not ours to look into
    }
  }

  /** The namespaces that have a name, and those of all processes. */
  private static List<Path> files() {
    List<Path> files = new ArrayList<>(list(Path.of("/run/netns"), "*"));
    list(Path.of("/proc"), "[0-9]*").forEach(process -> files.add(process.resolve("ns/net")));
    return files;
  }

  private static List<Path> list(Path folder, String names) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
        entries.forEach(found::add);
      } catch (IOException | DirectoryIteratorException e) {
        return found; // what cannot be listed is not searched
      }
    }
    return found;
  }
}
