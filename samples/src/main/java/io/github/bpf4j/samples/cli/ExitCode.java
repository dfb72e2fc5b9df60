package io.github.bpf4j.samples.cli;

/** What the command line exits with. */
public final class ExitCode {
  /** Done, also when a signal ended it. */
  public static final int DONE = 0;

  /** Something failed; stderr says what. */
  public static final int FAILED = 1;

  /** The command line was wrong; stderr says how. */
  public static final int USAGE = 2;

  private ExitCode() {}
}
