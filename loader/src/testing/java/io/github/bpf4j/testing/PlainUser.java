package io.github.bpf4j.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A JVM of a user who is not root, with the capabilities that are named and no other. It has copies
 * of the classes, since that user may see nobody's home.
 */
public final class PlainUser implements AutoCloseable {
  private static final String NOBODY = "65534";

  private final Path folder;

  public PlainUser() {
    try {
      folder =
          Files.createTempDirectory(
              "bpf4j_user",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    for (String part : parts()) {
      Commands.run("cp", "-r", "--parents", "--no-preserve=mode", part, folder.toString());
    }
  }

  /** Classes, ours and those of slf4j, wherever this JVM has them from. */
  private static List<String> parts() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(System::getProperty)
        .flatMap(path -> path == null ? Stream.empty() : Stream.of(path.split(":", -1)))
        .map(part -> Path.of(part).toAbsolutePath().normalize().toString())
        .filter(part -> Files.isDirectory(Path.of(part)) || isOurs(Path.of(part)))
        .distinct()
        .toList();
  }

  private static boolean isOurs(Path jar) {
    String name = String.valueOf(jar.getFileName());
    return name.startsWith("bpf4j-") || name.startsWith("slf4j-");
  }

  /** A copy, since it may be in somebody's home too. */
  private List<String> sameLibbpf() {
    String library = System.getProperty("bpf4j.libbpf");
    if (library == null) {
      return List.of();
    }
    Path copy = folder.resolve("libbpf.so");
    Commands.run("cp", "--no-preserve=mode", library, copy.toString());
    return List.of("-Dbpf4j.libbpf=" + copy);
  }

  /** A copy of an object's file that everybody may read. */
  public String object(String name) {
    Path copy = folder.resolve(name + ".o");
    Commands.run("cp", TestObjects.file(name).toString(), copy.toString());
    return copy.toString();
  }

  /**
   * Starts it, in the network namespace of the calling thread.
   *
   * @param capabilities such as {@code "bpf net_admin"}, or {@code ""}
   */
  public Companion start(String capabilities, Class<?> main, String... arguments) {
    String granted = capabilities.isEmpty() ? "" : ",+" + capabilities.replace(" ", ",+");
    List<String> command =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all" + granted,
                "--inh-caps=-all" + granted,
                "--ambient-caps=-all" + granted,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(":", parts().stream().map(part -> folder + part).toList())));
    command.addAll(sameLibbpf());
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new Companion(command);
  }

  @Override
  public void close() {
    Commands.run("rm", "-r", folder.toString());
  }
}
