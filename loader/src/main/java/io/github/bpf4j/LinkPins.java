package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.LinkHandle;
import io.github.bpf4j.libbpf.LinkInfos;
import io.github.bpf4j.libbpf.Pins;
import io.github.bpf4j.libbpf.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Names of links in a bpf file system. */
final class LinkPins {
  private LinkPins() {}

  static void pin(LinkHandle link, String name, Path path) {
    String subject = name + " at " + path;
    List<Path> _ = BpfFileSystem.makeFolder(subject, path);
    int result = link.pin(path.toString());
    if (result == -Errno.EEXIST) {
      throw new BpfException(
          Failure.of("pin", subject, Errno.EEXIST)
              .because("something is there already")
              .hint("open it (openPinned), remove it, or take another name"));
    }
    if (result < 0) {
      throw Results.failed("pin", subject, -result);
    }
  }

  static LinkHandle open(Path path) {
    String subject = "the link at " + path;
    Fd found =
        Pins.open(path.toString(), 0)
            .orElseThrow(
                () ->
                    new BpfException(
                        Failure.of("open", subject, Errno.ENOENT)
                            .because("nothing is pinned there")));
    if (!isLink(found)) {
      String kind = Pins.kind(found);
      found.close();
      throw new BpfException(Failure.of("open", subject, "what is pinned there is a " + kind));
    }
    return LinkHandle.of(found);
  }

  // The kernel would answer questions about a program with a program's words.
  private static boolean isLink(Fd fd) {
    return Pins.kind(fd).equals(LinkHandle.KIND);
  }

  /** Removes a name that a link has; another's that has come in its place stays. */
  static void unpin(int linkId, Path path) {
    Optional<Fd> found = Pins.open(path.toString(), 0);
    if (found.isEmpty()) {
      return;
    }
    try (Fd pinned = found.get()) {
      if (isLink(pinned) && LinkInfos.of(pinned.number()).id() == linkId) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new BpfException(Failure.of("unpin", path.toString(), String.valueOf(e.getMessage())));
    }
  }
}
