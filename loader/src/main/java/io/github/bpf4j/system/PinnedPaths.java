package io.github.bpf4j.system;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.LinkInfos;
import io.github.bpf4j.libbpf.Pins;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is pinned where, in all bpf file systems that this process sees, as it was when {@link
 * #find} looked. What this process may not open is left out.
 *
 * <p>Immutable.
 */
public final class PinnedPaths {
  private final Map<ObjectKind, Map<Integer, List<Path>>> found = new EnumMap<>(ObjectKind.class);

  private PinnedPaths() {}

  /** Looks through all bpf file systems. */
  public static PinnedPaths find() {
    PinnedPaths pinned = new PinnedPaths();
    Mounts.ofType("bpf").forEach(pinned::walk);
    return pinned;
  }

  /** Where an object is pinned, in the order of the paths. */
  public List<Path> of(ObjectKind kind, int id) {
    return found.getOrDefault(kind, Map.of()).getOrDefault(id, List.of()).stream()
        .sorted()
        .toList();
  }

  /**
   * The id of what is pinned at a path.
   *
   * @return empty when nothing is pinned there, or something of another kind
   * @throws BpfException when it may not be opened
   */
  public static Optional<Integer> idAt(Path path, ObjectKind kind) {
    Optional<Fd> opened = Pins.open(path.toString(), 0);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Fd fd = opened.get()) {
      return ObjectKind.of("anon_inode:" + Pins.kind(fd))
          .filter(kind::equals)
          .map(same -> id(same, fd.number()));
    }
  }

  private void walk(Path mount) {
    try {
      Files.walkFileTree(
          mount,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                look(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException reason) {
              return FileVisitResult.CONTINUE; // gone meanwhile, or not ours to read
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException reason) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new AssertionError("the visitor passes over all of them", e);
    }
  }

  private void look(Path file) {
    try {
      Optional<Fd> opened = Pins.open(file.toString(), 0);
      if (opened.isEmpty()) {
        return;
      }
      try (Fd fd = opened.get()) {
        ObjectKind.of("anon_inode:" + Pins.kind(fd)).ifPresent(kind -> add(kind, fd, file));
      }
    } catch (BpfException e) {
      return; // no permission, or no pin: a file of the kernel's own
    }
  }

  private void add(ObjectKind kind, Fd fd, Path file) {
    found
        .computeIfAbsent(kind, _ -> new HashMap<>())
        .computeIfAbsent(id(kind, fd.number()), _ -> new ArrayList<>())
        .add(file);
  }

  private static int id(ObjectKind kind, int fd) {
    return switch (kind) {
      case PROGRAM -> KernelObjects.programInfo(fd).id();
      case MAP -> KernelObjects.mapInfo(fd).id();
      case LINK -> LinkInfos.of(fd).id();
      case BTF -> KernelObjects.btfInfo(fd).id();
    };
  }
}
