package io.github.bpf4j;

/**
 * How much the verifier is to write about a program that it lets pass; of one that it refuses, it
 * writes all that leads to the refusal anyway.
 *
 * @see OpenBpfProgram#verifierLog
 * @see BpfProgram#verifierLog
 */
public enum VerifierLog {
  /** Nothing. */
  NONE(0),
  /**
   * Instructions walked through, states, stack, time (kernel 5.2): a few lines, which cost next to
   * nothing. Of a program that is refused, the reason then comes without the instructions that lead
   * to it: the kernel is not asked a second time.
   */
  STATISTICS(4),
  /** The same, and of a program that is refused the instructions that lead there too; slower. */
  STATISTICS_AND_PATH(4 | 1),
  /**
   * And each instruction that it walked through, with the state of the registers: many megabytes
   * for some programs.
   */
  STATES(4 | 2);

  private final int level;

  VerifierLog(int level) {
    this.level = level;
  }

  /** {@code log_level} of {@code BPF_PROG_LOAD}: {@code BPF_LOG_STATS} and the like. */
  int level() {
    return level;
  }
}
