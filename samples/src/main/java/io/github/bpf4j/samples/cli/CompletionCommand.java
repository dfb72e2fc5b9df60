package io.github.bpf4j.samples.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf4j completion}: the script by which a shell completes commands and options. */
public final class CompletionCommand {
  private static final String[] LAUNCHERS = {
    "setup --dry-run --for-tests",
    "build",
    "test",
    "bench",
    "fuzz",
    "soak",
    "format",
    "java",
    "help"
  };

  private CompletionCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    return Specs.command(
        "completion",
        "Prints a script for bash and zsh that completes commands and options:"
            + " source <(./bpf4j completion)",
        parsed -> print(parsed.commandSpec().commandLine().getParent()));
  }

  /**
   * The launcher's own commands with their options, for a shell that does not know who does what.
   */
  private static void addLaunchers(CommandLine bpf4j) {
    for (String command : LAUNCHERS) {
      String[] words = command.split(" ", -1);
      CommandSpec spec = CommandSpec.create().name(words[0]);
      for (int i = 1; i < words.length; i++) {
        spec.addOption(Specs.flag("", words[i]));
      }
      bpf4j.addSubcommand(words[0], spec);
    }
  }

  private static int print(CommandLine bpf4j) {
    addLaunchers(bpf4j);
    bpf4j.getOut().print(AutoComplete.bash(bpf4j.getCommandName(), bpf4j));
    bpf4j.getOut().flush();
    return ExitCode.DONE;
  }
}
