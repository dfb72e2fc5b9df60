package io.github.bpf4j;

import io.github.bpf4j.libbpf.MapHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders that a load needs for the maps it pins: libbpf makes one only, and a machine where
 * {@code tc} never ran has none of its. A load that fails leaves none behind.
 */
final class PinFolders implements AutoCloseable {
  private final List<Path> made = new ArrayList<>();

  /** Makes those that are missing. */
  static PinFolders of(List<MapHandle> maps) {
    PinFolders folders = new PinFolders();
    try {
      for (MapHandle map : maps) {
        String path = map.pinPath();
        if (!path.isEmpty()) {
          String subject = "map " + map.name() + " at " + path;
          folders.made.addAll(BpfFileSystem.makeFolder(subject, Path.of(path)));
        }
      }
      return folders;
    } catch (RuntimeException | Error e) {
      folders.close();
      throw e;
    }
  }

  /** Leaves them, as there are pins in them now. */
  void keep() {
    made.clear();
  }

  @Override
  public void close() {
    for (Path folder : made.reversed()) {
      try {
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        return; // somebody else uses it by now
      }
    }
  }
}
