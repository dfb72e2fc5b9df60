package io.github.bpf4j.samples.attach;

import io.github.bpf4j.Cgroup;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.system.Mounts;
import io.github.bpf4j.uapi.BpfAttachType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What killed processes left on cgroups. */
final class CgroupLeftovers {
  private CgroupLeftovers() {}

  /** Looks through all cgroups of version 2. */
  static List<Leftover> find() {
    List<Leftover> found = new ArrayList<>();
    for (Path mount : Mounts.ofType("cgroup2")) {
      for (Path folder : folders(mount)) {
        look(folder, found);
      }
    }
    return found;
  }

  private static List<Path> folders(Path mount) {
    List<Path> folders = new ArrayList<>();
    try {
      Files.walkFileTree(
          mount,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
              folders.add(folder);
              return FileVisitResult.CONTINUE;
            }

            // Cgroups come and go while they are listed.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the visitor throws none
    }
    return folders;
  }

  private static void look(Path folder, List<Leftover> found) {
    try {
      Cgroup.query(folder)
          .forEach(
              (hook, state) ->
                  state.programs().stream()
                      .filter(Leftover::isOnHook)
                      .forEach(program -> found.add(leftover(folder, hook, program))));
    } catch (BpfException e) {
      if (e.errno().orElse(0) != Errno.ENOENT && Files.exists(folder)) {
        throw e;
      }
    }
  }

  private static Leftover leftover(Path folder, BpfAttachType hook, AttachedProgram program) {
    String kind = hook.name().toLowerCase(Locale.ROOT);
    return new Leftover(
        program.describe(kind, "the cgroup") + " from cgroup " + folder,
        json -> {
          json.writeStringField("cgroup", folder.toString());
          json.writeStringField("kind", kind);
          AttachedJson.program(json, program);
        },
        Leftover.heldBy(program),
        () -> Cgroup.detach(folder, hook, program));
  }
}
