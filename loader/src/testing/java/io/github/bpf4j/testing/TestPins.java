package io.github.bpf4j.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A folder in the bpf file system that nobody else uses; gone with all that is in it at the end.
 */
public final class TestPins implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Path folder =
      Path.of(
          "/sys/fs/bpf/bpf4j_test_" + ProcessHandle.current().pid() + "_" + NUMBERS.addAndGet(1));

  /** A name in the folder, which {@code pin} makes. */
  public Path name(String name) {
    return folder.resolve(name);
  }

  /** The folder, made. */
  public Path folder() {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** All names, in order, without the folder's. */
  public List<String> names() {
    return all()
        .filter(Files::isRegularFile)
        .map(path -> folder.relativize(path).toString())
        .toList();
  }

  private Stream<Path> all() {
    try (Stream<Path> paths = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      return paths.sorted().toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    for (Path path : all().sorted(Comparator.reverseOrder()).toList()) {
      try {
        Files.delete(path);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
