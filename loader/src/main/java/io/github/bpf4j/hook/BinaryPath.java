package io.github.bpf4j.hook;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a library or program is that is named without its folder. libbpf looks for it itself,
 * except where it is given a list of functions; the places are libbpf's.
 */
final class BinaryPath {
  private static final Map<String, String> TRIPLES =
      Map.of(
          "amd64", "x86_64-linux-gnu",
          "aarch64", "aarch64-linux-gnu",
          "riscv64", "riscv64-linux-gnu",
          "loongarch64", "loongarch64-linux-gnu",
          "ppc64le", "powerpc64le-linux-gnu",
          "s390x", "s390x-linux-gnu");

  private BinaryPath() {}

  /** The whole path; the name itself when it has a folder, or is nowhere. */
  static String of(String name) {
    if (name.contains("/")) {
      return name;
    }
    boolean isLibrary = name.toLowerCase(Locale.ROOT).contains(".so");
    return (isLibrary ? libraries() : programs())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(file -> isLibrary ? Files.isReadable(file) : Files.isExecutable(file))
        .map(Path::toString)
        .findFirst()
        .orElse(name);
  }

  private static Stream<String> libraries() {
    String triple = TRIPLES.getOrDefault(System.getProperty("os.arch"), "");
    return Stream.concat(
        folders("LD_LIBRARY_PATH"),
        Stream.of("/usr/lib64", "/usr/lib", "/usr/lib/" + triple, "/lib/" + triple));
  }

  private static Stream<String> programs() {
    return Stream.concat(folders("PATH"), Stream.of("/usr/bin", "/usr/sbin"));
  }

  private static Stream<String> folders(String variable) {
    return Stream.of(System.getenv().getOrDefault(variable, "").split(":", -1));
  }
}
