package io.github.bpf4j.samples.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in the same words wherever it is found. */
final class UsageSentence {
  private UsageSentence() {}

  static String of(ParameterException error) {
    return switch (error) {
      case UnmatchedArgumentException unmatched -> tooMuch(unmatched);
      case MissingParameterException missing ->
          missing.getMissing().stream()
                  .map(UsageSentence::missing)
                  .collect(Collectors.joining(", "))
              + (missing.getMissing().size() == 1 ? " is missing" : " are missing");
      case MutuallyExclusiveArgsException _ ->
          "only one of "
              + error.getCommandLine().getCommandSpec().argGroups().stream()
                  .flatMap(group -> group.args().stream())
                  .map(UsageSentence::name)
                  .collect(Collectors.joining(", "))
              + " can be given";
      case OverwrittenOptionException twice ->
          name(twice.getOverwritten()) + " is given more than once";
      default -> {
        ArgSpec argument = error.getArgSpec();
        String value = error.getValue();
        yield argument == null || value == null
            ? String.valueOf(error.getMessage())
            : name(argument) + " takes " + kind(argument) + ", not '" + value + "'";
      }
    };
  }

  private static String tooMuch(UnmatchedArgumentException error) {
    CommandLine command = error.getCommandLine();
    String word = error.getUnmatched().getFirst();
    if (word.startsWith("-")) {
      return "there is no option " + word;
    }
    return command.getSubcommands().isEmpty()
        ? "'" + word + "' is one word too many"
        : "there is no command " + word + "; there are: " + commands(command);
  }

  /** The commands that a command has; the launcher's own are among those of the first word. */
  static String commands(CommandLine command) {
    List<String> names = new ArrayList<>(command.getSubcommands().keySet());
    if (command.getParent() == null) {
      Launcher.commands().forEach(words -> names.add(words.getFirst()));
    }
    return String.join(", ", names);
  }

  private static String missing(ArgSpec argument) {
    return argument.isOption()
        ? argument.paramLabel() + " behind " + name(argument)
        : argument.paramLabel();
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String kind(ArgSpec argument) {
    Class<?> type = argument.type();
    if (type.isEnum()) {
      List<String> constants =
          Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .toList();
      return String.join(", ", constants.subList(0, constants.size() - 1))
          + " or "
          + constants.getLast();
    }
    if (type == int.class) {
      return "a whole number";
    }
    return type == double.class ? "a number" : argument.paramLabel();
  }
}
