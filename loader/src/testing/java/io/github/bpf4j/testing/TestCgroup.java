package io.github.bpf4j.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A cgroup (version 2) of a test's own, which is gone at the end. */
public final class TestCgroup implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final int TRIES = 100;

  private final Path folder;

  /** A cgroup below the root. */
  public TestCgroup() {
    this(root());
  }

  private TestCgroup(Path parent) {
    String name = "bpf4j_test_" + ProcessHandle.current().pid() + "_" + NUMBERS.addAndGet(1);
    try {
      folder = Files.createDirectory(parent.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A cgroup below this one; to be closed first. */
  public TestCgroup child() {
    return new TestCgroup(folder);
  }

  /** Where version 2 is mounted: its own place, or beside version 1. */
  public static Path root() {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/mounts"))) {
      return mounts
          .map(mount -> mount.split(" ", -1))
          .filter(fields -> fields[2].equals("cgroup2"))
          .map(fields -> Path.of(fields[1]))
          .findFirst()
          .orElseThrow(() -> new AssertionError("cgroup2 is not mounted"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The cgroup that this process is in. */
  public static Path own() {
    try {
      String line =
          Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
              .filter(each -> each.startsWith("0::"))
              .findFirst()
              .orElseThrow();
      return root().resolve(line.substring("0::/".length()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public Path folder() {
    return folder;
  }

  /** Runs a shell command inside, which must succeed; what it printed. */
  public String run(String command) {
    return Commands.run(inside(command));
  }

  /** Runs a shell command inside, which may fail. */
  public Commands.Result result(String command) {
    return Commands.result(inside(command));
  }

  private String[] inside(String command) {
    return new String[] {
      "bash", "-c", "echo $$ > " + folder.resolve("cgroup.procs") + " && " + command
    };
  }

  @Override
  public void close() {
    // A process that has ended may stay in it for a moment.
    for (int tries = 1; ; tries++) {
      try {
        Files.delete(folder);
        return;
      } catch (IOException e) {
        if (tries == TRIES) {
          throw new AssertionError(e);
        }
        Thread.onSpinWait();
      }
    }
  }
}
