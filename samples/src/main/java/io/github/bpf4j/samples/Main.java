package io.github.bpf4j.samples;

import io.github.bpf4j.samples.attach.CleanCommand;
import io.github.bpf4j.samples.attach.DetachCommand;
import io.github.bpf4j.samples.attach.LoadCommand;
import io.github.bpf4j.samples.attach.StatusCommand;
import io.github.bpf4j.samples.attach.UnloadCommand;
import io.github.bpf4j.samples.cli.CompletionCommand;
import io.github.bpf4j.samples.cli.Errors;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.samples.cli.Stdout;
import io.github.bpf4j.samples.cli.Termination;
import io.github.bpf4j.samples.cli.Verbosity;
import io.github.bpf4j.samples.cli.VersionOption;
import io.github.bpf4j.samples.demo.DemoCommand;
import io.github.bpf4j.samples.execsnoop.ExecsnoopCommand;
import io.github.bpf4j.samples.host.DoctorCommand;
import io.github.bpf4j.samples.host.FeaturesCommand;
import io.github.bpf4j.samples.inspect.LinkCommand;
import io.github.bpf4j.samples.inspect.MapCommand;
import io.github.bpf4j.samples.inspect.ProgCommand;
import io.github.bpf4j.samples.man.ManCommand;
import io.github.bpf4j.samples.xdp1.Xdp1Command;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command line. Commands are declared by picocli's programmatic API: no reflection, which costs
 * a start tens of milliseconds.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    int status = ExitCode.FAILED;
    try {
      status = commandLine().setOut(Stdout.writer()).execute(args);
    } catch (Error e) {
      // Whatever it is, the shutdown hook waits for the word that all is said.
      System.err.println("bpf4j: internal error, please report it: " + e);
    } finally {
      Termination.exit(status);
    }
  }

  static CommandLine commandLine() {
    CommandSpec bpf4j = CommandSpec.create().name("bpf4j");
    bpf4j.usageMessage().description("Runs BPF programs through the system's libbpf.");
    bpf4j.addOption(help());
    VersionOption.add(bpf4j);
    CommandLine commands = new CommandLine(bpf4j);
    for (CommandSpec command :
        new CommandSpec[] {
          Xdp1Command.spec(),
          DetachCommand.spec(),
          LoadCommand.spec(),
          UnloadCommand.spec(),
          StatusCommand.spec(),
          CleanCommand.spec(),
          ProgCommand.spec(),
          MapCommand.spec(),
          LinkCommand.spec(),
          FeaturesCommand.spec(),
          DoctorCommand.spec(),
          ExecsnoopCommand.spec(),
          DemoCommand.spec(),
          CompletionCommand.spec(),
          ManCommand.spec()
        }) {
      complete(command);
      commands.addSubcommand(command.name(), command);
    }
    commands.setExecutionStrategy(Main::execute);
    commands.setExecutionExceptionHandler(Errors::execution);
    commands.setParameterExceptionHandler(Errors::usage);
    return commands;
  }

  /** Gives a command and its verbs what all of them have. */
  private static void complete(CommandSpec command) {
    command.addOption(help());
    command.exitCodeOnInvalidInput(ExitCode.USAGE);
    command.addOption(Verbosity.option());
    // A verb stands there once for each of its names.
    command.subcommands().values().stream()
        .distinct()
        .forEach(verb -> complete(verb.getCommandSpec()));
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Print this help.")
        .build();
  }

  /** What an unset variable of a script leaves: it names nothing, and no error could name it. */
  private static void requireWords(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    for (ArgSpec argument : last.matchedArgs()) {
      if (argument.originalStringValues().contains("")) {
        throw Specs.wrong(last, argument.paramLabel() + " is empty");
      }
    }
  }

  private static int execute(ParseResult parsed) {
    if (!parsed.hasSubcommand()
        && !parsed.isUsageHelpRequested()
        && !parsed.isVersionHelpRequested()) {
      CommandLine bpf4j = parsed.commandSpec().commandLine();
      throw new CommandLine.ParameterException(
          bpf4j, "a command is missing: " + Errors.commands(bpf4j));
    }
    requireWords(parsed);
    Verbosity.apply(parsed);
    return new CommandLine.RunLast().execute(parsed);
  }
}
