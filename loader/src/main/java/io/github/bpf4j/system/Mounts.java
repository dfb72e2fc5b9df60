package io.github.bpf4j.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** File systems that are mounted where this process lives: {@code /proc/self/mounts}. */
public final class Mounts {
  private static final Path TABLE = Path.of("/proc/self/mounts");

  private Mounts() {}

  /** Where file systems of a type are mounted, such as {@code "bpf"} or {@code "cgroup2"}. */
  public static List<Path> ofType(String type) {
    try {
      return ofType(type, Files.readString(TABLE, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return List.of(); // /proc is not mounted
    }
  }

  static List<Path> ofType(String type, String table) {
    return table
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > 2 && fields[2].equals(type))
        .map(fields -> Path.of(unescape(fields[1])))
        .distinct()
        .toList();
  }

  // The table writes blanks, tabs, line feeds and backslashes in octal: "\040".
  private static String unescape(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && i + 3 < field.length()) {
        text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        text.append(field.charAt(i));
      }
    }
    return text.toString();
  }
}
