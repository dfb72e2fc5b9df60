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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
  /** Commands that tell of the others. */
  private static final Set<String> OF_ALL = Set.of("completion", "man");

  private Main() {}

  public static void main(String[] args) {
    int status = ExitCode.FAILED;
    try {
      String wanted = args.length == 0 ? "" : args[0];
      status = commandLine(wanted).setOut(Stdout.writer()).execute(args);
    } catch (Error e) {
      // Whatever it is, the shutdown hook waits for the word that all is said.
      System.err.println("bpf4j: internal error, please report it: " + e);
    } finally {
      Termination.exit(status);
    }
  }

  /** All commands, in the order of the help. */
  private static Map<String, Supplier<CommandSpec>> commands() {
    Map<String, Supplier<CommandSpec>> commands = new LinkedHashMap<>();
    commands.put("xdp1", Xdp1Command::spec);
    commands.put("detach", DetachCommand::spec);
    commands.put("load", LoadCommand::spec);
    commands.put("unload", UnloadCommand::spec);
    commands.put("status", StatusCommand::spec);
    commands.put("clean", CleanCommand::spec);
    commands.put("prog", ProgCommand::spec);
    commands.put("map", MapCommand::spec);
    commands.put("link", LinkCommand::spec);
    commands.put("features", FeaturesCommand::spec);
    commands.put("doctor", DoctorCommand::spec);
    commands.put("execsnoop", ExecsnoopCommand::spec);
    commands.put("demo", DemoCommand::spec);
    commands.put("completion", CompletionCommand::spec);
    commands.put("man", ManCommand::spec);
    return commands;
  }

  /** With all commands. */
  static CommandLine commandLine() {
    return commandLine("");
  }

  /**
   * With the one command that is wanted, for what is declared takes time; with all where there is
   * none of that name, or where it tells of the others.
   */
  static CommandLine commandLine(String wanted) {
    CommandSpec bpf4j = CommandSpec.create().name("bpf4j");
    bpf4j.usageMessage().description("Runs BPF programs through the system's libbpf.");
    bpf4j.addOption(help());
    VersionOption.add(bpf4j);
    CommandLine commandLine = new CommandLine(bpf4j);
    Map<String, Supplier<CommandSpec>> commands = commands();
    if (commands.containsKey(wanted) && !OF_ALL.contains(wanted)) {
      commands.keySet().retainAll(Set.of(wanted));
    }
    commands.forEach(
        (name, spec) -> {
          CommandSpec command = spec.get();
          complete(command);
          commandLine.addSubcommand(name, command);
        });
    commandLine.setExecutionStrategy(Main::execute);
    commandLine.setExecutionExceptionHandler(Errors::execution);
    commandLine.setParameterExceptionHandler(Errors::usage);
    return commandLine;
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
