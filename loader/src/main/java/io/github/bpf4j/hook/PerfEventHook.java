package io.github.bpf4j.hook;

import io.github.bpf4j.attach.PerfEventAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Descriptors;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.PerfEvents;
import io.github.bpf4j.libbpf.ProbeLinks;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.uapi.BpfProgramType;

/** Programs that sample. */
final class PerfEventHook {
  private static final int CALLING_THREAD = 0;
  private static final int ALL = -1;

  private PerfEventHook() {}

  static Attached attach(ProgramHandle program, PerfEventAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.PERF_EVENT);
    // libbpf's link owns the descriptor once it is made.
    Fd event =
        point.fd() >= 0
            ? Descriptors.duplicate(point.fd(), point.toString())
            : open(program, point);
    try {
      return Hook.byLibbpf(
          program,
          point,
          subject -> ProbeLinks.perfEvent(program, subject, event.number(), point.cookie()));
    } catch (RuntimeException | Error e) {
      event.close();
      throw e;
    }
  }

  private static Fd open(ProgramHandle program, PerfEventAttachPoint point) {
    int pid = point.pid().orElse(point.cpu().isPresent() ? ALL : CALLING_THREAD);
    int fd =
        PerfEvents.open(
            point.type(),
            point.config(),
            point.isFrequency(),
            point.rate(),
            pid,
            point.cpu().orElse(ALL));
    if (fd < 0) {
      throw refused(program, point, -fd);
    }
    return PerfEvents.owned(fd);
  }

  private static BpfException refused(
      ProgramHandle program, PerfEventAttachPoint point, int errno) {
    return switch (errno) {
      case Errno.ENOENT, Errno.EOPNOTSUPP ->
          new BpfUnsupportedException(
              Failure.of("attach", Hook.subject(program, point), errno)
                  .because("this machine does not count that event"));
      case Errno.ESRCH ->
          new BpfException(
              Failure.of("attach", Hook.subject(program, point), errno)
                  .because("there is no thread " + point.pid().orElse(0)));
      default -> Hook.refused(program, point, errno);
    };
  }
}
