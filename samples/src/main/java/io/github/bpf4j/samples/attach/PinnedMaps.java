package io.github.bpf4j.samples.attach;

import io.github.bpf4j.OpenBpfMap;
import io.github.bpf4j.OpenBpfObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The maps that an object pins by name: where, and which of those names were there before. */
final class PinnedMaps {
  /** Where libbpf pins them unless it is told otherwise. */
  private static final Path ROOT = Path.of("/sys/fs/bpf");

  private final List<Path> paths = new ArrayList<>();
  private final List<Path> absent = new ArrayList<>();

  private PinnedMaps() {}

  /** Moves those of libbpf's own folder to another one. */
  static PinnedMaps of(OpenBpfObject object, @Nullable Path folder) {
    PinnedMaps pins = new PinnedMaps();
    for (OpenBpfMap map : object.maps()) {
      map.pinPath().ifPresent(path -> pins.add(map, path, folder));
    }
    return pins;
  }

  private void add(OpenBpfMap map, Path path, @Nullable Path folder) {
    Path place = path;
    if (folder != null && ROOT.equals(path.getParent())) {
      place = folder.resolve(path.getFileName());
      map.pinPath(place);
    }
    paths.add(place);
    for (Path missing = place;
        missing != null && !Files.exists(missing);
        missing = missing.getParent()) {
      absent.add(missing);
    }
  }

  /** Where they are. */
  List<Path> paths() {
    return List.copyOf(paths);
  }

  /** From now on they stay. */
  void keep() {
    absent.clear();
  }

  /** Removes the names that were not there before, and their folders. */
  void undo() {
    // Folders after what is in them.
    absent.sort((one, other) -> other.getNameCount() - one.getNameCount());
    absent.forEach(PinnedMaps::remove);
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      return; // somebody else uses it by now
    }
  }
}
