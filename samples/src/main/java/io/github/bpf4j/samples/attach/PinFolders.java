package io.github.bpf4j.samples.attach;

import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.system.BpfHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Folders in bpf file systems that bpf4j made for pins: they bear the sticky bit. */
final class PinFolders {
  private static final int STICKY = 01000;

  private PinFolders() {}

  /** Those that are empty. */
  static List<Path> empty() {
    List<Path> found = new ArrayList<>();
    BpfHost.inspect().bpfFileSystems().forEach(mount -> addEmpty(mount, found));
    return found;
  }

  private static void addEmpty(Path mount, List<Path> found) {
    try (Stream<Path> paths = Files.walk(mount)) {
      paths
          .filter(path -> !path.equals(mount) && Files.isDirectory(path) && isOurs(path))
          .filter(PinFolders::isEmpty)
          .forEach(found::add);
    } catch (IOException | UncheckedIOException e) {
      return; // not ours to read, or one went meanwhile
    }
  }

  /**
   * Removes a pin or an empty folder, and the folders of bpf4j's above it that become empty.
   *
   * @return false when it was gone already
   */
  static boolean delete(Path path) {
    try {
      boolean deleted = Files.deleteIfExists(path);
      for (Path above = path.getParent();
          above != null && isInside(above) && isOurs(above) && isEmpty(above);
          above = above.getParent()) {
        Files.deleteIfExists(above);
      }
      return deleted;
    } catch (IOException e) {
      throw new CommandFailedException("cannot remove " + path + ": " + e);
    }
  }

  private static boolean isInside(Path folder) {
    List<Path> mounts = BpfHost.inspect().bpfFileSystems();
    return !mounts.contains(folder) && mounts.stream().anyMatch(folder::startsWith);
  }

  private static boolean isOurs(Path folder) {
    try {
      return ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }
}
