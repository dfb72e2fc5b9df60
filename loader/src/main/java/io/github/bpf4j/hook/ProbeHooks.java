package io.github.bpf4j.hook;

import io.github.bpf4j.attach.KprobeAttachPoint;
import io.github.bpf4j.attach.KprobeMultiAttachPoint;
import io.github.bpf4j.attach.KsyscallAttachPoint;
import io.github.bpf4j.attach.UprobeAttachPoint;
import io.github.bpf4j.attach.UprobeMultiAttachPoint;
import io.github.bpf4j.attach.UsdtAttachPoint;
import io.github.bpf4j.libbpf.ProbeLinks;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.uapi.BpfProgramType;
import java.util.OptionalInt;

/** Probes on functions: of the kernel, and of programs and libraries of user space. */
final class ProbeHooks {
  private ProbeHooks() {}

  static Attached attach(ProgramHandle program, KprobeAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.KPROBE);
    return Hook.byLibbpf(
        program,
        point,
        subject ->
            ProbeLinks.kprobe(
                program,
                subject,
                point.function(),
                point.offset(),
                point.isReturning(),
                point.cookie()));
  }

  static Attached attach(ProgramHandle program, KprobeMultiAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.KPROBE);
    return Hook.byLibbpf(
        program,
        point,
        subject ->
            ProbeLinks.kprobes(
                program,
                subject,
                point.pattern().orElse(null),
                point.functions(),
                point.cookies(),
                point.isReturning(),
                point.isSession()));
  }

  static Attached attach(ProgramHandle program, KsyscallAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.KPROBE);
    return Hook.byLibbpf(
        program,
        point,
        subject ->
            ProbeLinks.ksyscall(
                program, subject, point.name(), point.isReturning(), point.cookie()));
  }

  static Attached attach(ProgramHandle program, UprobeAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.KPROBE);
    return Hook.byLibbpf(
        program,
        point,
        subject ->
            ProbeLinks.uprobe(
                program,
                subject,
                point.file(),
                point.function().orElse(null),
                point.offset(),
                orAny(point.pid()),
                point.isReturning(),
                point.counter(),
                point.cookie()));
  }

  static Attached attach(ProgramHandle program, UprobeMultiAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.KPROBE);
    return Hook.byLibbpf(
        program,
        point,
        subject -> {
          ProbeLinks.requireUprobes();
          String file = BinaryPath.of(point.file());
          return ProbeLinks.uprobes(
              program,
              subject,
              file,
              point.pattern().orElse(null),
              FunctionOffsets.of(file, point.functions()),
              point.cookies(),
              orAny(point.pid()),
              point.isReturning());
        });
  }

  static Attached attach(ProgramHandle program, UsdtAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.KPROBE);
    return Hook.byLibbpf(
        program,
        point,
        subject ->
            ProbeLinks.usdt(
                program,
                subject,
                point.file(),
                point.provider(),
                point.name(),
                orAny(point.pid()),
                point.cookie()));
  }

  private static int orAny(OptionalInt pid) {
    return pid.orElse(ProbeLinks.ANY_PROCESS);
  }
}
