package io.github.bpf4j.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A cgroup of version 2 of a test's own, to run commands in. */
public final class TestCgroup implements AutoCloseable {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final Path path;

  private TestCgroup(Path path) {
    this.path = path;
    try {
      Files.createDirectory(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A cgroup below the root. */
  public TestCgroup() {
    this(
        root()
            .resolve("bpf4j-test-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet()));
  }

  /** A cgroup below this one; to be closed first. */
  public TestCgroup child() {
    return new TestCgroup(path.resolve("child" + NEXT.incrementAndGet()));
  }

  public Path path() {
    return path;
  }

  /**
   * How a command ended.
   *
   * @param output what it printed, both streams
   */
  public record Result(int status, String output) {}

  /** Runs a script of bash in the cgroup. */
  public Result run(String script) {
    try {
      Process process =
          new ProcessBuilder("bash", "-c", "echo $$ > " + path + "/cgroup.procs; " + script)
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Where cgroups of version 2 are mounted. */
  public static Path root() {
    try {
      return Files.readAllLines(Path.of("/proc/mounts")).stream()
          .map(line -> line.split(" ", -1))
          .filter(fields -> fields[2].equals("cgroup2"))
          .map(fields -> Path.of(fields[1]))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no cgroup of version 2 is mounted"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
