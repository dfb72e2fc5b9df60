package io.github.bpf4j.system;

/**
 * Whether the kernel has something.
 *
 * @param answer yes, no, or that it could not be found out
 * @param reason why not, in a few words; empty for a yes
 */
public record Support(Answer answer, String reason) {
  /** What a probe can tell. */
  public enum Answer {
    YES,
    NO,
    /** The kernel would not say: a privilege is missing, or something else came between. */
    UNKNOWN
  }

  static final Support YES = new Support(Answer.YES, "");

  static Support no(String reason) {
    return new Support(Answer.NO, reason);
  }

  static Support unknown(String reason) {
    return new Support(Answer.UNKNOWN, reason);
  }

  /** Whether it is there for sure. */
  public boolean isThere() {
    return answer == Answer.YES;
  }

  /** Such as {@code "yes"}, or {@code "no: Invalid argument (EINVAL, 22)"}. */
  @Override
  public String toString() {
    return switch (answer) {
      case YES -> "yes";
      case NO -> "no: " + reason;
      case UNKNOWN -> "unknown: " + reason;
    };
  }
}
