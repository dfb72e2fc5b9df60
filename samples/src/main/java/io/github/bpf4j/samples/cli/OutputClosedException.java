package io.github.bpf4j.samples.cli;

import java.io.IOException;

/** Nobody reads stdout any more ({@code | head -1}): the command ends quietly. */
public final class OutputClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OutputClosedException(IOException cause) {
    super(cause);
  }

  /** What to throw when stdout does not take a report; only a reader who left is no failure. */
  public static RuntimeException of(IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    return reason.contains("Broken pipe")
        ? new OutputClosedException(cause)
        : new CommandFailedException("cannot write the report: " + reason);
  }
}
