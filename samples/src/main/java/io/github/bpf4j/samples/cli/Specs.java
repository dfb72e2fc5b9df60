package io.github.bpf4j.samples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Commands, options and parameters by picocli's programmatic API. */
public final class Specs {
  private Specs() {}

  /** What a command does. */
  @FunctionalInterface
  public interface Action {
    /**
     * Does it.
     *
     * @return one of {@link ExitCode}
     */
    int run(ParseResult parsed) throws Exception;
  }

  /** A command. */
  public static CommandSpec command(String name, String description, Action action) {
    CommandSpec[] self = new CommandSpec[1];
    Callable<Integer> run = () -> action.run(self[0].commandLine().getParseResult());
    CommandSpec spec = CommandSpec.wrapWithoutInspection(run).name(name);
    self[0] = spec;
    spec.usageMessage().description(description);
    return spec;
  }

  /**
   * A command that is one of its verbs.
   *
   * @param bare what it does without a verb
   */
  public static CommandSpec group(
      String name, String description, Action bare, CommandSpec... verbs) {
    CommandSpec spec = command(name, description, bare);
    for (CommandSpec verb : verbs) {
      spec.addSubcommand(verb.name(), verb);
    }
    return spec;
  }

  /** An option without a value. */
  public static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names)
        .type(boolean.class)
        .arity("0")
        .description(description)
        .build();
  }

  /** An option with a value. */
  public static OptionSpec value(Class<?> type, String label, String description, String... names) {
    return OptionSpec.builder(names).type(type).paramLabel(label).description(description).build();
  }

  /** The one parameter that a command must have. */
  public static PositionalParamSpec required(String label, String description) {
    return required(label, description, 0);
  }

  /** One of several parameters that a command must have. */
  public static PositionalParamSpec required(String label, String description, int index) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(index))
        .paramLabel(label)
        .arity("1")
        .required(true)
        .type(String.class)
        .description(description)
        .build();
  }

  /** Any number of words. */
  public static PositionalParamSpec words(String label, String description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .arity("0..*")
        .type(String[].class)
        .description(description)
        .build();
  }

  /** What to throw for a command line that picocli took and that is wrong all the same. */
  public static ParameterException wrong(ParseResult parsed, String sentence) {
    return new ParameterException(parsed.commandSpec().commandLine(), sentence);
  }
}
