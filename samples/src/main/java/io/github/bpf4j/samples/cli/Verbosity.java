package io.github.bpf4j.samples.cli;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code -v}: once for what libbpf warns of and for stack traces, twice for all that libbpf says.
 * Without it libbpf's lines appear in error messages only.
 */
public final class Verbosity {
  private static final String OPTION = "--verbose";

  private Verbosity() {}

  /** The option; every command has it. */
  public static OptionSpec option() {
    return OptionSpec.builder("-v", OPTION)
        .type(boolean[].class)
        .arity("0")
        .description("Print stack traces, verifier logs and libbpf's lines; twice for all of them.")
        .build();
  }

  static int of(ParseResult parsed) {
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    boolean[] given = innermost.matchedOptionValue(OPTION, new boolean[0]);
    return given.length;
  }

  /** Sets up slf4j-simple, before the first logger is made. */
  public static void apply(ParseResult parsed) {
    String level =
        switch (of(parsed)) {
          case 0 -> "off";
          case 1 -> "info";
          default -> "debug";
        };
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", level);
    System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
    System.setProperty("org.slf4j.simpleLogger.showShortLogName", "false");
  }
}
