package io.github.bpf4j.samples.attach;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.net.NetworkNamespace;
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
import java.util.function.BiFunction;

/** The network namespaces that can be found: those that have a name, and those of processes. */
public final class Namespaces {
  private Namespaces() {}

  /**
   * Looks into each of them once, until something is found.
   *
   * @param look at a namespace, which is closed when the search ends, and the file it was found by
   */
  public static <T> Optional<T> search(BiFunction<NetworkNamespace, Path, Optional<T>> look) {
    Set<NetworkNamespace> seen = new HashSet<>();
    try {
      for (Path file : files()) {
        Optional<NetworkNamespace> namespace = open(file);
        if (namespace.isPresent() && seen.add(namespace.get())) {
          Optional<T> found = look.apply(namespace.get(), file);
          if (found.isPresent()) {
            return found;
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

  private static Optional<NetworkNamespace> open(Path file) {
    try {
      return Optional.of(NetworkNamespace.open(file));
    } catch (BpfException e) {
      return Optional.empty(); // its process has ended, or it is not ours to look into
    }
  }

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
