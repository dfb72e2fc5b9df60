package io.github.bpf4j.samples.cli;

import java.io.IOException;

/** Nobody reads stdout any more ({@code | head -1}): the command ends quietly. */
public final class OutputClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutputClosedException(IOException cause) {
    super(cause);
  }
}
