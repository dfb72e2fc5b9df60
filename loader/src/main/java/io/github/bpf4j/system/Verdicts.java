package io.github.bpf4j.system;

import io.github.bpf4j.error.Errno;

/** What the answers of the kernel mean. */
final class Verdicts {
  private Verdicts() {}

  /**
   * The meaning of a result.
   *
   * @param result 0 or more, or {@code -errno}
   * @param good an errno that only a kernel which has it answers, 0 for none
   */
  static Support of(int result, int good) {
    if (result >= 0 || -result == good) {
      return Support.YES;
    }
    return refused(-result);
  }

  /** EPERM says nothing about the kernel, ENOMEM and the like nothing about its features. */
  static Support refused(int errno) {
    String reason = Errno.describe(errno);
    return switch (errno) {
      case Errno.EPERM, Errno.EACCES, Errno.ENOMEM, Errno.EAGAIN, Errno.EBUSY ->
          Support.unknown(reason);
      default -> Support.no(reason);
    };
  }
}
