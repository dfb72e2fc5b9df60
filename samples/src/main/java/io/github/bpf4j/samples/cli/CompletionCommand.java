package io.github.bpf4j.samples.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf4j completion}: the script by which a shell completes commands and options. */
public final class CompletionCommand {
  private CompletionCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    return Specs.command(
        "completion",
        "Prints a script for bash and zsh that completes commands and options:"
            + " source <(./bpf4j completion)",
        parsed -> print(parsed.commandSpec().commandLine().getParent()));
  }

  private static int print(CommandLine bpf4j) {
    bpf4j.getOut().print(AutoComplete.bash(bpf4j.getCommandName(), bpf4j));
    bpf4j.getOut().flush();
    return ExitCode.DONE;
  }
}
