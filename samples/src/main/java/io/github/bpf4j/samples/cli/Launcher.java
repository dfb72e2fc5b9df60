package io.github.bpf4j.samples.cli;

import java.util.List;

/** The script that started this program: what it is called, and what it does itself. */
public final class Launcher {
  private Launcher() {}

  /**
   * What the user typed to get here, such as {@code "./bpf4j"}: for words that tell what to run.
   */
  public static String command() {
    return System.getProperty("bpf4j.command", "bpf4j");
  }

  /** The commands that the script does itself, each with its options behind it. */
  static List<List<String>> commands() {
    return System.getProperty("bpf4j.launcher.commands", "")
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> List.of(line.split(" ", -1)))
        .toList();
  }
}
