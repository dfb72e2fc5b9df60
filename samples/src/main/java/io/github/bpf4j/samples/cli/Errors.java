package io.github.bpf4j.samples.cli;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfVerifierException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Prints one clear sentence for whatever went wrong; all the rest with {@code --verbose}. */
public final class Errors {
  private Errors() {}

  /** Handles what a command threw. */
  public static int execution(Exception error, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    boolean verbose = Verbosity.of(parsed) > 0;
    switch (error) {
      case OutputClosedException closed -> {
        if (verbose) {
          closed.printStackTrace(err);
        }
      }
      case BpfException failed -> {
        err.println("bpf4j: " + failed.sentence());
        if (verbose) {
          details(failed, err);
        } else if (failed instanceof BpfVerifierException) {
          err.println("bpf4j: --verbose prints the whole verifier log");
        }
      }
      case CommandFailedException failed -> {
        err.println("bpf4j: " + failed.getMessage());
        if (verbose && failed.getCause() instanceof BpfException cause) {
          details(cause, err);
        }
      }
      default -> {
        err.println("bpf4j: internal error, please report it: " + error);
        error.printStackTrace(err);
      }
    }
    err.flush();
    return ExitCode.FAILED;
  }

  private static void details(BpfException failed, PrintWriter err) {
    failed.log().forEach(line -> err.println("libbpf: " + line));
    if (failed instanceof BpfVerifierException verifier) {
      err.print(verifier.verifierLog());
    }
    failed.printStackTrace(err);
  }

  /** All commands that there are behind a word, for a sentence. */
  public static String commands(CommandLine command) {
    return UsageSentence.commands(command);
  }

  /** Handles a command line that cannot be understood. */
  public static int usage(CommandLine.ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("bpf4j: " + UsageSentence.of(error));
    String words = command.getCommandSpec().qualifiedName();
    err.println("Try: " + Launcher.command() + words.substring("bpf4j".length()) + " --help");
    err.flush();
    return ExitCode.USAGE;
  }
}
