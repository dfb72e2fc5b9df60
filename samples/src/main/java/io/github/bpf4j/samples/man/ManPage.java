package io.github.bpf4j.samples.man;

import io.github.bpf4j.samples.cli.ExitCode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page of one command, with all its verbs. */
final class ManPage {
  private final CommandSpec command;
  private final String version;

  ManPage(CommandSpec command, String version) {
    this.command = command;
    this.version = version;
  }

  /** Such as {@code "bpf4j-xdp1"}. */
  String name() {
    return command.qualifiedName("-");
  }

  @Override
  public String toString() {
    Roff page = new Roff(name(), version);
    page.section("Name").line(name() + " - " + summary(command));
    page.section("Synopsis");
    verbs().forEach(verb -> page.line(synopsis(verb)).newLine());
    page.section("Description").paragraph(description(command));
    if (isRoot()) {
      page.section("Commands");
      verbsOf(command).forEach(each -> page.item(each.qualifiedName("-") + "(1)", summary(each)));
    }
    page.section("Options");
    for (CommandSpec verb : verbs().toList()) {
      if (!verb.equals(command)) {
        page.subsection(String.join(" | ", verb.names())).paragraph(description(verb));
      }
      verb.positionalParameters().forEach(word -> page.item(word.paramLabel(), words(word)));
      verb.options().forEach(option -> page.item(names(option), words(option)));
    }
    page.section("Exit status");
    page.item(String.valueOf(ExitCode.DONE), "Done, also when a signal ended it.");
    page.item(String.valueOf(ExitCode.FAILED), "Something failed; stderr says what.");
    page.item(String.valueOf(ExitCode.USAGE), "The command line was wrong; stderr says how.");
    page.section("See also").line(seeAlso());
    return page.toString();
  }

  private boolean isRoot() {
    return command.parent() == null;
  }

  /** The command and what else stands on its page: its verbs; the first word's have their own. */
  private Stream<CommandSpec> verbs() {
    return isRoot() ? Stream.of(command) : Stream.concat(Stream.of(command), verbsOf(command));
  }

  private static Stream<CommandSpec> verbsOf(CommandSpec command) {
    return command.subcommands().values().stream()
        .distinct() // a verb stands there once for each of its names
        .map(CommandLine::getCommandSpec);
  }

  private static String synopsis(CommandSpec verb) {
    List<PositionalParamSpec> words = verb.positionalParameters();
    return verb.qualifiedName()
        + (verb.subcommands().isEmpty() ? "" : " [COMMAND]")
        + " [OPTION]..."
        + words.stream().map(ManPage::synopsis).collect(Collectors.joining());
  }

  private static String synopsis(PositionalParamSpec word) {
    return word.arity().min() > 0 ? " " + word.paramLabel() : " [" + word.paramLabel() + "]...";
  }

  private static String names(OptionSpec option) {
    String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return String.join(", ", option.names()) + label;
  }

  private static String words(CommandLine.Model.ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private static String description(CommandSpec command) {
    return String.join(" ", command.usageMessage().description());
  }

  /** The first sentence, as a title. */
  private static String summary(CommandSpec command) {
    String description = description(command);
    int end = (description + " ").indexOf(". ");
    String sentence = end < 0 ? description : description.substring(0, end);
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  private String seeAlso() {
    return isRoot() ? "bpftool(8), ip-link(8), bpf(2)" : "bpf4j(1), bpftool(8)";
  }
}
