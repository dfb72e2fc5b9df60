package io.github.bpf4j.samples;

import io.github.bpf4j.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command line to be run as a process of its own, in the network namespace of the calling thread.
 * It is {@code java} with this test's own module path, or with what is built where the test has
 * none; or, where {@code -Dbpf4j.launcher} or the environment variable {@code BPF4J_LAUNCHER} names
 * the launcher, that. It uses the libbpf that the test uses.
 *
 * @param arguments of bpf4j
 * @param jvmOptions more options for the JVM
 * @param wrapper a command that runs the command that follows it, such as {@code setpriv}
 */
record Bpf4j(List<String> arguments, List<String> jvmOptions, List<String> wrapper) {
  private static final String NATIVE_ACCESS =
      "--enable-native-access=io.github.bpf4j.bindings,io.github.bpf4j.loader";
  private static final String APP = "../samples/target/app";
  private static final String MAIN = "io.github.bpf4j.samples/io.github.bpf4j.samples.Main";

  static Bpf4j command(String... arguments) {
    return new Bpf4j(List.of(arguments), List.of(), List.of());
  }

  Bpf4j jvmOptions(String... options) {
    return new Bpf4j(arguments, List.of(options), wrapper);
  }

  Bpf4j under(String... command) {
    return new Bpf4j(arguments, jvmOptions, List.of(command));
  }

  /** With a terminal for stdin, stdout and stderr; what it prints there is its stdout here. */
  Bpf4j onATerminal() {
    return under("bash", "-c", "exec script -qec \"${*@Q}\" /dev/null", "bash");
  }

  /** Runs it to its end. */
  static CommandLineProcess.Result run(String... arguments) throws Exception {
    return command(arguments).run();
  }

  /** Runs it to its end. */
  CommandLineProcess.Result run() throws Exception {
    try (CommandLineProcess process = start()) {
      return process.await();
    }
  }

  /** Starts it, with stdout and stderr to files. */
  CommandLineProcess start() throws IOException {
    Path out = Files.createTempFile("bpf4j-", ".out");
    return start(ProcessBuilder.Redirect.to(out.toFile()), out);
  }

  /** Starts it, with stdout to a pipe. */
  CommandLineProcess startPiped() throws IOException {
    return start(ProcessBuilder.Redirect.PIPE, null);
  }

  /** Starts it, with stdout to a file that is there. */
  CommandLineProcess startInto(Path file) throws IOException {
    return start(ProcessBuilder.Redirect.to(file.toFile()), null);
  }

  private CommandLineProcess start(ProcessBuilder.Redirect stdout, @Nullable Path out)
      throws IOException {
    Path err = Files.createTempFile("bpf4j-", ".err");
    String launcher = System.getProperty("bpf4j.launcher", System.getenv("BPF4J_LAUNCHER"));
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(launcher == null ? java() : List.of(launcher));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(stdout)
            .redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    // The JVM tells of these on stderr.
    environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    environment.put("BPF4J_JAVA_OPTS", String.join(" ", options()));
    return new CommandLineProcess(builder.start(), out, err);
  }

  private List<String> java() {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx128m"));
    java.addAll(List.of(NATIVE_ACCESS, "--illegal-native-access=deny"));
    java.addAll(options());
    java.addAll(List.of("-p", System.getProperty("jdk.module.path", APP)));
    java.addAll(List.of("--add-modules", "ALL-MODULE-PATH", "-m", MAIN));
    return java;
  }

  private List<String> options() {
    return Stream.concat(ChildJvm.sameLibbpf().stream(), jvmOptions.stream()).toList();
  }
}
