package io.github.bpf4j;

import io.github.bpf4j.BpfMap.Access;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.Pins;
import io.github.bpf4j.libbpf.Results;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names of maps in a bpf file system. */
final class MapPins {
  private static final String KIND = "bpf-map";

  private MapPins() {}

  static void pin(BpfMap map, Path path) {
    String subject = "map " + map.name() + " at " + path;
    List<Path> _ = BpfFileSystem.makeFolder(subject, path);
    int result = Pins.pin(map.fd(), path.toString());
    if (result == -Errno.EEXIST) {
      throw new BpfException(
          Failure.of("pin", subject, Errno.EEXIST)
              .because("something is there already")
              .hint("open it (openPinned), unpin it, or take another name"));
    }
    if (result < 0) {
      throw Results.failed("pin", subject, -result);
    }
  }

  static Fd open(Path path, Access access) {
    Fd fd =
        find(path, access)
            .orElseThrow(
                () ->
                    new BpfException(
                        Failure.of("open", "the map at " + path, Errno.ENOENT)
                            .because("nothing is pinned there")));
    return fd;
  }

  /** Empty when nothing is pinned there. */
  static Optional<Fd> find(Path path, Access access) {
    Optional<Fd> found = Pins.open(path.toString(), access.flag());
    found.ifPresent(fd -> requireMap(fd, path));
    return found;
  }

  // The kernel would answer questions about a program with a program's words.
  private static void requireMap(Fd fd, Path path) {
    String kind = Pins.kind(fd);
    if (!kind.isEmpty() && !kind.equals(KIND)) {
      fd.close();
      throw new BpfException(
          Failure.of("open", "the map at " + path, "what is pinned there is a " + kind));
    }
  }

  static boolean unpin(BpfMap map, Path path) {
    String subject = "map " + map.name() + " from " + path;
    Optional<Fd> found = Pins.open(path.toString(), 0);
    if (found.isEmpty()) {
      return false;
    }
    try (Fd pinned = found.get()) {
      if (!isSame(map, pinned)) {
        throw new BpfException(
            Failure.of("unpin", subject, "something else is pinned there")
                .hint("bpftool -f map list shows what is pinned where"));
      }
      return Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new BpfException(Failure.of("unpin", subject, reason(e)));
    }
  }

  private static boolean isSame(BpfMap map, Fd pinned) {
    return Pins.kind(pinned).equals(KIND)
        && KernelObjects.mapInfo(pinned.number()).id() == map.info().id();
  }

  private static String reason(IOException failed) {
    @Nullable String words =
        failed instanceof FileSystemException file ? file.getReason() : failed.getMessage();
    return words == null ? failed.toString() : words;
  }
}
