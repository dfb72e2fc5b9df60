package io.github.bpf4j.libbpf;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.Capability;
import java.lang.foreign.MemorySegment;

/** Calls of libbpf that return {@code struct bpf_link *}. */
final class Attempt {
  private Attempt() {}

  /** Attaches; what libbpf returned has one descriptor. */
  static LinkHandle link(
      ProgramHandle program, String subject, CapturedErrno.Call<MemorySegment> call) {
    return LinkHandle.of(pointer(program, subject, call));
  }

  /** Attaches to an event of perf, which takes a cookie since kernel 5.15. */
  static LinkHandle event(
      ProgramHandle program, String subject, long cookie, CapturedErrno.Call<MemorySegment> call) {
    try {
      return link(program, subject, call);
    } catch (BpfException e) {
      if (cookie != 0 && e.errno().orElse(0) == Errno.EOPNOTSUPP) {
        throw new BpfUnsupportedException(
            Failure.of("attach", subject, Errno.EOPNOTSUPP)
                .because("a cookie on a probe or an event of perf takes Linux 5.15"));
      }
      throw e;
    }
  }

  /** Attaches; what libbpf returned has several descriptors. */
  static LinkHandle bundle(
      ProgramHandle program, String subject, CapturedErrno.Call<MemorySegment> call) {
    return LinkHandle.ofBundle(pointer(program, subject, call));
  }

  private static MemorySegment pointer(
      ProgramHandle program, String subject, CapturedErrno.Call<MemorySegment> call) {
    Libbpf.require();
    return CapturedErrno.with(
        (arena, errno) -> {
          MemorySegment link = call.run(arena, errno);
          if (link.address() == 0) {
            throw failed(program, subject, CapturedErrno.get(errno));
          }
          return link;
        });
  }

  private static BpfException failed(ProgramHandle program, String subject, int errno) {
    return Results.failed(
        "attach", subject, errno, Capability.neededBy(BpfProgramType.of(program.type())));
  }
}
