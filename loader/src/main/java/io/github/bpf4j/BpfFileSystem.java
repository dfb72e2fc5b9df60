package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Pins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where names for BPF objects stand: a file system of type {@code bpf}. */
final class BpfFileSystem {
  private static final String TYPE = "bpf";
  private static final int STICKY = 01755;

  private BpfFileSystem() {}

  /**
   * Makes the folders above a name, and only inside of a bpf file system. They bear the sticky bit
   * from the first moment: by it an empty one that a killed process left is known as bpf4j's.
   *
   * @return those that it made, the outermost first
   */
  static List<Path> makeFolder(String subject, Path name) {
    Path folder = folder(subject, name);
    Deque<Path> missing = new ArrayDeque<>();
    for (Path each = folder; each != null && !Files.exists(each); each = each.getParent()) {
      missing.push(each);
    }
    List<Path> made = new ArrayList<>();
    for (Path each : missing) {
      int result = Pins.makeFolder(each.toString(), STICKY);
      if (result < 0 && result != -Errno.EEXIST) {
        throw new BpfException(
            Failure.of("pin", subject, -result).because("folder " + each + " cannot be made"));
      }
      if (result == 0) {
        made.add(each);
      }
    }
    return made;
  }

  /** Makes sure that a name can stand in a bpf file system. */
  static void check(String subject, Path name) {
    Path _ = folder(subject, name);
  }

  private static Path folder(String subject, Path name) {
    Path whole = name.toAbsolutePath().normalize();
    try {
      Path folder = whole.getParent();
      Path there = firstThatExists(folder);
      if (folder == null || there == null || !Files.getFileStore(there).type().equals(TYPE)) {
        throw new BpfException(
            Failure.of("pin", subject, there + " is in no bpf file system")
                .hint("take a name below /sys/fs/bpf; mount -t bpf bpf /sys/fs/bpf mounts one"));
      }
      if (there.relativize(whole).toString().contains(".")) {
        throw new BpfException(
            Failure.of("pin", subject, "a bpf file system takes no names with dots"));
      }
      return folder;
    } catch (IOException e) {
      throw unmakable(subject, e);
    }
  }

  private static BpfException unmakable(String subject, IOException e) {
    return new BpfException(Failure.of("pin", subject, "its folder cannot be made: " + e));
  }

  private static @Nullable Path firstThatExists(@Nullable Path folder) {
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }
}
