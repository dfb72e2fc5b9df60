package io.github.bpf4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands that are measured, and where they are. */
final class Commands {
  static final String DEVICE = "left";

  private static final String TWINS = "../native/target/twins/";
  private static final String OBJECT = "../native/target/classes/bpf/xdp1_kern.o";

  private Commands() {}

  /** xdp1 as the distribution ships it, which the launcher has unpacked. */
  static List<String> shipped(String... arguments) {
    return with(List.of(System.getProperty("bpf4j.dist") + "/bin/bpf4j", "xdp1"), arguments);
  }

  /** The same with other options for the JVM. */
  static List<String> shippedWith(String options, String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", "BPF4J_JAVA_OPTS=" + options));
    command.addAll(shipped(arguments));
    return command;
  }

  /** xdp1 out of the tree, on the JDK that builds it. */
  static List<String> fromTree(String... arguments) {
    return with(List.of("../bpf4j", "xdp1"), arguments);
  }

  /** xdp1 in C. */
  static List<String> twin(String... arguments) {
    List<String> command = new ArrayList<>(List.of(TWINS + "xdp1_user"));
    command.addAll(List.of(arguments));
    command.addAll(List.of(OBJECT, DEVICE));
    return command;
  }

  /** What bpftool takes to do the same: a process for each step. */
  static List<String> bpftool() {
    String pin = "/sys/fs/bpf/bpf4j-bench-" + ProcessHandle.current().pid();
    String steps =
        String.join(
            " && ",
            "bpftool prog load " + OBJECT + " " + pin + " type xdp",
            "bpftool net attach xdpdrv pinned " + pin + " dev " + DEVICE,
            "bpftool map dump name rxcnt",
            "bpftool net detach xdpdrv dev " + DEVICE);
    return List.of("sh", "-c", "trap 'rm -f " + pin + "' EXIT; " + steps);
  }

  private static List<String> with(List<String> command, String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    all.add(DEVICE);
    return all;
  }

  /**
   * Runs a command to its end, in the network namespace of the calling thread.
   *
   * @return milliseconds, milliseconds of CPU, MiB resident at most
   */
  static double[] timed(List<String> command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(TWINS + "timed"));
    all.addAll(command);
    Process process =
        new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    String[] words = said.split(" ");
    return new double[] {
      Long.parseLong(words[0]) / 1e6,
      Long.parseLong(words[1]) / 1e3,
      Long.parseLong(words[2]) / 1024.
    };
  }

  /** Starts a command, with what it prints to a file. */
  static Process start(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** The first line of what a command prints; empty where there is none. */
  static String firstLine(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes()).strip();
      return process.waitFor() == 0 ? said.lines().findFirst().orElse("") : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static boolean isThere(Path file) {
    return Files.isExecutable(file);
  }
}
