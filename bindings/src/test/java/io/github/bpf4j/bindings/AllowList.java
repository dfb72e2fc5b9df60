package io.github.bpf4j.bindings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one header class is generated from: an argument file of jextract, one symbol on each line.
 */
enum AllowList {
  LIBBPF,
  UAPI,
  LIBC;

  enum Kind {
    FUNCTION,
    CONSTANT,
    STRUCT,
    UNION,
    TYPEDEF;

    final String option = "--include-" + name().toLowerCase(Locale.ROOT) + " ";
  }

  List<String> lines() {
    Path file = Path.of("src/main/jextract", lowerCaseName() + ".includes");
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> names(Kind first, Kind... rest) {
    Set<Kind> kinds = EnumSet.of(first, rest);
    return lines().stream()
        .filter(line -> kinds.stream().anyMatch(kind -> line.startsWith(kind.option)))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .collect(Collectors.toSet());
  }

  Class<?> headerClass() {
    return generated(lowerCaseName() + "_h");
  }

  static Class<?> generated(String name) {
    try {
      return Class.forName(AllowList.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("no class is generated for " + name, e);
    }
  }

  private String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
