package io.github.bpf4j.libbpf;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfVerifierException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.uapi.Capability;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells why an object did not load. */
final class LoadFailure {
  private static final Pattern PROGRAM = Pattern.compile("^prog '([^']+)': .*failed");

  private LoadFailure() {}

  /**
   * Explains.
   *
   * @param verifierLogs what the verifier wrote of a program, by its name, "" for the unknown one
   * @param needed what the object's programs take
   */
  static BpfException explain(
      String object, int errno, UnaryOperator<String> verifierLogs, List<Capability> needed) {
    List<String> said = LibbpfLog.tail();
    String program = failedProgram(said);
    String verifierLog = verifierLogs.apply(program);
    if (verifierLog.isBlank()) {
      return Results.failed("load", "object " + object, errno, needed);
    }
    VerifierReport report = VerifierReport.of(verifierLog);
    String of = program.isEmpty() ? "" : "program " + program + " of ";
    Failure failure =
        Failure.of("load", of + "object " + object, errno)
            .because(refused(report.reason()))
            .log(said);
    String source = report.sourceLine();
    return new BpfVerifierException(
        source == null ? failure : failure.hint("at: " + source), verifierLog, source);
  }

  private static String refused(String reason) {
    return reason.isEmpty()
        ? "the verifier refused it and does not say why"
        : "the verifier refused it: " + reason;
  }

  private static String failedProgram(List<String> said) {
    return said.stream()
        .map(PROGRAM::matcher)
        .filter(Matcher::find)
        .findFirst()
        .map(match -> match.group(1))
        .orElse("");
  }
}
