package io.github.bpf4j.samples.cli;

import java.util.List;
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
        "Prints a script for bash and zsh that completes commands and options. To use it: source <("
            + Launcher.command()
            + " completion)",
        parsed -> print(parsed.commandSpec().commandLine().getParent()));
  }

  /**
   * The launcher's own commands with their options, for a shell that does not know who does what.
   */
  private static void addLaunchers(CommandLine bpf4j) {
    for (List<String> words : Launcher.commands()) {
      CommandSpec spec = CommandSpec.create().name(words.getFirst());
      words.subList(1, words.size()).forEach(option -> spec.addOption(Specs.flag("", option)));
      bpf4j.addSubcommand(spec.name(), spec);
    }
  }

  private static int print(CommandLine bpf4j) {
    addLaunchers(bpf4j);
    bpf4j.getOut().print(AutoComplete.bash(bpf4j.getCommandName(), bpf4j));
    bpf4j.getOut().flush();
    return ExitCode.DONE;
  }
}
