package io.github.bpf4j.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Files in which the kernel tells how it is set up.
 *
 * @param root {@code /}, or in a test a folder that looks like it
 */
record HostFiles(Path root) {

  /** All of a file; empty when it is not there, or not for this user. */
  String text(String path) {
    // Not Files.readString: it reads a file of which the kernel says that it has no bytes byte by
    // byte, and a number of /proc/sys ends with its first part.
    try (InputStream bytes = Files.newInputStream(root.resolve(path))) {
      return new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** The only line of a file. */
  Optional<String> line(String path) {
    return Optional.of(text(path).strip()).filter(line -> !line.isEmpty());
  }

  /** The only number of a file. */
  OptionalLong number(String path) {
    return line(path)
        .filter(line -> line.matches("\\d{1,18}"))
        .map(line -> OptionalLong.of(Long.parseLong(line)))
        .orElseGet(OptionalLong::empty);
  }

  /** The constant at the place that the file holds; the last one when it is not for this user. */
  <E extends Enum<E>> E choice(String path, E[] constants) {
    int unknown = constants.length - 1;
    return constants[(int) Math.min(number(path).orElse(unknown), unknown)];
  }

  Optional<Path> existing(String path) {
    return Optional.of(root.resolve(path)).filter(Files::exists);
  }

  /**
   * The soft limit of this process, from a line such as {@code "Max locked memory 8388608 8388608
   * bytes"}; empty for {@code unlimited}.
   */
  OptionalLong limit(String name) {
    return text("proc/self/limits")
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split(" +", -1)[0])
        .filter(limit -> limit.matches("\\d{1,18}"))
        .map(limit -> OptionalLong.of(Long.parseLong(limit)))
        .findFirst()
        .orElseGet(OptionalLong::empty);
  }
}
