package io.github.bpf4j.libbpf;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfPermissionException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import java.lang.foreign.MemorySegment;

/** Turns every C result into a value or an exception. */
public final class Results {
  private Results() {}

  /**
   * Checks an int result.
   *
   * @param result 0 or more, or {@code -errno}
   * @return the result
   */
  static int check(int result, String operation, String subject) {
    if (result < 0) {
      throw failed(operation, subject, -result);
    }
    return result;
  }

  /**
   * Checks a pointer result: NULL is failure, and {@code errno} says why.
   *
   * @param errno as captured inside the call that returned the pointer
   */
  static MemorySegment check(MemorySegment result, int errno, String operation, String subject) {
    if (result.address() == 0) {
      throw failed(operation, subject, errno);
    }
    return result;
  }

  /** The exception for a failed call, with libbpf's lines and, for EPERM, a diagnosis. */
  public static BpfException failed(String operation, String subject, int errno) {
    Failure failure = Failure.of(operation, subject, errno).log(LibbpfLog.tail());
    if (errno == Errno.EPERM) {
      return new BpfPermissionException(failure.hint(PermissionDiagnosis.explain()));
    }
    return new BpfException(failure);
  }
}
