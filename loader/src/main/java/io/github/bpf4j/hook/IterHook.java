package io.github.bpf4j.hook;

import io.github.bpf4j.attach.IterAttachPoint;
import io.github.bpf4j.libbpf.Descriptors;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.TracingLinks;
import io.github.bpf4j.libbpf.TracingLinks.IteratorTarget;
import io.github.bpf4j.uapi.BpfProgramType;

/** Iterators. */
final class IterHook {
  private static final int NONE = 0;

  private IterHook() {}

  static Attached attach(ProgramHandle program, IterAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.TRACING);
    if (point.cgroup().isEmpty()) {
      return attach(
          program,
          point,
          new IteratorTarget(point.mapFd(), NONE, NONE, point.threadId(), point.processId()));
    }
    // The kernel finds the cgroup by the descriptor, and needs it no longer.
    try (Fd cgroup = Descriptors.openCgroup(point.cgroup().get().toString())) {
      return attach(
          program,
          point,
          new IteratorTarget(NONE, cgroup.number(), point.order().number(), NONE, NONE));
    }
  }

  private static Attached attach(
      ProgramHandle program, IterAttachPoint point, IteratorTarget target) {
    return Hook.byLibbpf(
        program, point, subject -> TracingLinks.iterator(program, subject, target));
  }
}
