package io.github.bpf4j.system;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which processes have what open, as {@code /proc} told when {@link #find} looked. A process sees
 * others' descriptors only as far as it may trace them (CAP_SYS_PTRACE), and only those in its pid
 * namespace. A program that is merely attached or pinned is held by no process.
 *
 * <p>Immutable.
 */
public final class Holders {
  private final Map<ObjectKind, Map<Integer, List<Holder>>> found = new EnumMap<>(ObjectKind.class);

  private Holders() {}

  /** Looks through all descriptors of all processes. */
  public static Holders find() {
    return find(Path.of("/proc"));
  }

  static Holders find(Path proc) {
    Holders holders = new Holders();
    for (Path process : list(proc, "[0-9]*")) {
      holders.look(process);
    }
    return holders;
  }

  /** The processes that have an object open, by their pids; each once. */
  public List<Holder> of(ObjectKind kind, int id) {
    return List.copyOf(found.getOrDefault(kind, Map.of()).getOrDefault(id, List.of()));
  }

  private void look(Path process) {
    for (Path descriptor : list(process.resolve("fd"), "*")) {
      Optional<ObjectKind> kind = ObjectKind.of(target(descriptor));
      if (kind.isPresent()) {
        Path fdinfo = process.resolve("fdinfo").resolve(descriptor.getFileName());
        id(read(fdinfo), kind.get()).ifPresent(id -> add(kind.get(), id, process));
      }
    }
  }

  private void add(ObjectKind kind, int id, Path process) {
    long pid = Long.parseLong(process.getFileName().toString());
    List<Holder> holders =
        found
            .computeIfAbsent(kind, _ -> new HashMap<>())
            .computeIfAbsent(id, _ -> new ArrayList<>());
    if (holders.isEmpty() || holders.getLast().pid() != pid) {
      holders.add(new Holder(pid, read(process.resolve("comm")).strip()));
    }
  }

  private static Optional<Integer> id(String fdinfo, ObjectKind kind) {
    String key = kind.idKey() + ":";
    return fdinfo
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> Integer.valueOf(line.substring(key.length()).strip()))
        .findFirst();
  }

  /** Empty for what is closed meanwhile. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** Empty for what is gone meanwhile or belongs to another user. */
  private static List<Path> list(Path folder, String glob) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      return found;
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
