package io.github.bpf4j.samples.man;

import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j man}: the manual. */
public final class ManCommand {
  private static final String TO = "--to";

  private ManCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "man",
            "Prints the manual page of a command, for man -l -, or writes all of them.",
            ManCommand::run);
    spec.addOption(Specs.value(Path.class, "FOLDER", "Write all pages there instead.", TO));
    spec.addPositional(
        Specs.words("COMMAND", "The command; without it, the page that lists them."));
    return spec;
  }

  private static int run(ParseResult parsed) {
    CommandSpec bpf4j = parsed.commandSpec().parent();
    Path folder = parsed.matchedOptionValue(TO, (Path) null);
    if (folder == null) {
      String page = page(chosen(parsed, bpf4j), bpf4j).toString();
      Output.text(parsed, text -> text.append(page));
      return ExitCode.DONE;
    }
    try {
      Files.createDirectories(folder);
      for (CommandSpec command : all(bpf4j).toList()) {
        ManPage page = page(command, bpf4j);
        Files.writeString(folder.resolve(page.name() + ".1"), page.toString());
      }
    } catch (IOException e) {
      throw new CommandFailedException("cannot write the manual to " + folder + ": " + e);
    }
    return ExitCode.DONE;
  }

  private static ManPage page(CommandSpec command, CommandSpec bpf4j) {
    return new ManPage(command, bpf4j.version()[0]);
  }

  private static Stream<CommandSpec> all(CommandSpec bpf4j) {
    return Stream.concat(
        Stream.of(bpf4j), bpf4j.subcommands().values().stream().map(CommandLine::getCommandSpec));
  }

  private static CommandSpec chosen(ParseResult parsed, CommandSpec bpf4j) {
    String[] words = parsed.matchedPositionalValue(0, new String[0]);
    if (words.length == 0) {
      return bpf4j;
    }
    if (words.length > 1) {
      throw Specs.wrong(parsed, "'" + words[1] + "' is one word too many");
    }
    CommandLine command = bpf4j.subcommands().get(words[0]);
    if (command == null) {
      throw Specs.wrong(parsed, "there is no command " + words[0]);
    }
    return command.getCommandSpec();
  }
}
