package io.github.bpf4j.libbpf;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfPermissionException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.Capability;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns every C result into a value or an exception. */
public final class Results {
  /** What programs and maps of the network take; what most failed calls are judged by. */
  private static final List<Capability> NETWORK_PROGRAMS = Capability.neededBy(BpfProgramType.XDP);

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

  /** The exception for a failed call of libbpf's, with its lines and, for EPERM, a diagnosis. */
  public static BpfException failed(String operation, String subject, int errno) {
    return failed(operation, subject, errno, NETWORK_PROGRAMS);
  }

  /** The same, EPERM judged by the capabilities that were needed; EACCES when one is missing. */
  public static BpfException failed(
      String operation, String subject, int errno, List<Capability> needed) {
    List<String> said = LibbpfLog.tail();
    Failure failure = Failure.of(operation, subject, errno).log(said);
    boolean lacking = needed.stream().anyMatch(capability -> !HeldCapabilities.has(capability));
    if (errno == Errno.EPERM || (errno == Errno.EACCES && lacking)) {
      return denied(failure, needed);
    }
    return new BpfException(failure.hint(libbpfSaid(said)));
  }

  /** The exception for a failed system call that takes one capability. */
  static BpfException failed(String operation, String subject, int errno, Capability needed) {
    Failure failure = Failure.of(operation, subject, errno);
    return errno == Errno.EPERM ? denied(failure, List.of(needed)) : new BpfException(failure);
  }

  private static BpfException denied(Failure failure, List<Capability> needed) {
    return new BpfPermissionException(failure.hint(PermissionDiagnosis.explain(needed)));
  }

  /** The first line that is no mere retry: the one that is next to the cause. */
  private static @Nullable String libbpfSaid(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.contains("Retrying without"))
        .findFirst()
        .map(line -> "libbpf: " + line)
        .orElse(null);
  }
}
