package io.github.bpf4j.libbpf;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfVerifierException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.uapi.Capability;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells why an object did not load. */
final class LoadFailure {
  private static final Pattern PROGRAM = Pattern.compile("^prog '([^']+)': .*failed");

  private LoadFailure() {}

  /**
   * Explains.
   *
   * @param needed what the object's programs take
   */
  static BpfException explain(
      String object, int errno, String verifierLog, List<Capability> needed) {
    if (verifierLog.isBlank()) {
      return Results.failed("load", "object " + object, errno, needed);
    }
    VerifierReport report = VerifierReport.of(verifierLog);
    List<String> said = LibbpfLog.tail();
    Failure failure =
        Failure.of("load", failedProgram(said) + "object " + object, errno)
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
        .map(match -> "program " + match.group(1) + " of ")
        .orElse("");
  }
}
