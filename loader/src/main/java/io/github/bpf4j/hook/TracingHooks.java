package io.github.bpf4j.hook;

import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.FreplaceAttachPoint;
import io.github.bpf4j.attach.RawTracepointAttachPoint;
import io.github.bpf4j.attach.TracepointAttachPoint;
import io.github.bpf4j.attach.TracingAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.LinkCreate;
import io.github.bpf4j.libbpf.ProbeLinks;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.TracingLinks;
import io.github.bpf4j.uapi.BpfProgramType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tracepoints of all three kinds, and what else has its hook in BTF: fentry, LSM, freplace. */
final class TracingHooks {
  // In the order in which libbpf looks.
  private static final List<Path> TRACEFS =
      List.of(Path.of("/sys/kernel/debug/tracing/events"), Path.of("/sys/kernel/tracing/events"));

  private TracingHooks() {}

  static Attached attach(ProgramHandle program, TracepointAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.TRACEPOINT);
    if (TRACEFS.stream().noneMatch(Files::isDirectory)) {
      throw new BpfException(
          Failure.of("attach", Hook.subject(program, point), Errno.ENOENT)
              .because("tracefs is not mounted")
              .hint("run mount -t tracefs tracefs /sys/kernel/tracing"));
    }
    return Hook.byLibbpf(
        program,
        point,
        subject ->
            ProbeLinks.tracepoint(
                program, subject, point.category(), point.name(), point.cookie()));
  }

  static Attached attach(ProgramHandle program, RawTracepointAttachPoint point) {
    Hook.requireType(
        program, point, BpfProgramType.RAW_TRACEPOINT, BpfProgramType.RAW_TRACEPOINT_WRITABLE);
    int link = TracingLinks.rawTracepoint(program.fd(), point.name(), point.cookie());
    return Hook.byLink(program, point, link, errno -> refused(program, point, errno));
  }

  private static BpfException refused(
      ProgramHandle program, RawTracepointAttachPoint point, int errno) {
    if (errno == Errno.ENOENT) {
      return new BpfException(
          Failure.of("attach", Hook.subject(program, point), errno)
              .because("this kernel has no tracepoint of that name"));
    }
    return point.cookie() == 0
        ? Hook.refused(program, point, errno)
        : cookieRefused(program, point, errno, "6.10");
  }

  static Attached attach(ProgramHandle program, TracingAttachPoint point) {
    Hook.requireType(
        program, point, BpfProgramType.TRACING, BpfProgramType.LSM, BpfProgramType.EXT);
    if (point.cookie() == 0) {
      // libbpf knows what kernels before 5.19 want instead of a link.
      return Hook.byLibbpf(program, point, subject -> TracingLinks.trace(program, subject));
    }
    int link = LinkCreate.tracing(program.fd(), program.attachType(), point.cookie());
    return Hook.byLink(
        program,
        point,
        link,
        errno -> cookieRefused(program, point, errno, "5.19, of tp_btf 6.10"));
  }

  /** The kernel says no more than EINVAL of a cookie that it does not know. */
  private static BpfException cookieRefused(
      ProgramHandle program, AttachPoint point, int errno, String kernel) {
    return errno == Errno.EINVAL
        ? new BpfException(
            Failure.of("attach", Hook.subject(program, point), errno)
                .hint("a cookie takes Linux " + kernel))
        : Hook.refused(program, point, errno);
  }

  static Attached attach(ProgramHandle program, FreplaceAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.EXT);
    return Hook.byLibbpf(
        program,
        point,
        subject -> TracingLinks.freplace(program, subject, point.targetFd(), point.function()));
  }
}
