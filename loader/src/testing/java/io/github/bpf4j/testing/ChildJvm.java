package io.github.bpf4j.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own, with the classes, the modules and the libbpf of this one: for what happens once
 * in a process, and for what may end the process.
 */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * How it ended.
   *
   * @param status 0 after {@code main} returned, 1 after it threw, 134 after a crash
   * @param output what it wrote to stdout
   * @param errors what it wrote to stderr
   */
  public record Result(int status, String output, String errors) {}

  /** Runs a class of this module that has a {@code main}, with more options for the JVM. */
  public static Result run(Class<?> main, List<String> options, String... arguments) {
    return run(List.of(), main, options, arguments);
  }

  /** The same without some capabilities, such as {@code net_raw}, that this process has. */
  public static Result without(String capabilities, Class<?> main, String... arguments) {
    String dropped = "-" + capabilities.replace(" ", ",-");
    List<String> setpriv = List.of("setpriv", "--bounding-set=" + dropped, "--inh-caps=" + dropped);
    return run(setpriv, main, List.of(), arguments);
  }

  /** The same by a command that runs the command that follows it, such as {@code unshare}. */
  public static Result under(List<String> wrapper, Class<?> main, String... arguments) {
    return run(wrapper, main, List.of(), arguments);
  }

  /** The command that runs a class so, for who starts the process himself. */
  public static List<String> command(Class<?> main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(sameLibbpf());
    command.addAll(options);
    command.add("-XX:+SuppressFatalErrorMessage");
    command.addAll(sameClasses(main));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Result run(
      List<String> wrapper, Class<?> main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(command(main, options, arguments));
    try {
      Path errors = Files.createTempFile("stderr", null);
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      Result result = new Result(status, output, Files.readString(errors));
      Files.delete(errors);
      return result;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The option that makes another JVM use the libbpf that this one uses. */
  public static List<String> sameLibbpf() {
    String library = System.getProperty("bpf4j.libbpf");
    return library == null ? List.of() : List.of("-Dbpf4j.libbpf=" + library);
  }

  private static List<String> sameClasses(Class<?> main) {
    String classPath = System.getProperty("java.class.path");
    @Nullable String module = main.getModule().getName();
    if (module == null) {
      return List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath, main.getName());
    }
    // Test classes stand first on the class path, and become part of the module they test.
    String testClasses = classPath.substring(0, classPath.indexOf(File.pathSeparatorChar));
    return List.of(
        "--enable-native-access=io.github.bpf4j.bindings,io.github.bpf4j.loader",
        "--illegal-native-access=deny",
        "--module-path=" + System.getProperty("jdk.module.path"),
        "--patch-module=" + module + "=" + testClasses,
        "--add-modules=ALL-MODULE-PATH",
        "--module=" + module + "/" + main.getName());
  }
}
