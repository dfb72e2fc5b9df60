package io.github.bpf4j.system;

import io.github.bpf4j.libbpf.ProbeCalls;
import io.github.bpf4j.libbpf.ProbeProgram;
import io.github.bpf4j.uapi.BpfAttachType;

/** Things that every kernel with BTF has, to attach probes to. */
final class KernelTypes {
  /** Called by nobody but {@code BPF_PROG_TEST_RUN}. */
  private static final String FUNCTION = "bpf_fentry_test1";

  private static final String TRACEPOINT = "sched_switch";

  /** Rarely called, and all that a program does there is to say yes. */
  private static final String LSM_HOOK = "settime";

  private KernelTypes() {}

  static ProbeProgram function(ProbeProgram program) {
    return of(program, FUNCTION, BpfAttachType.TRACE_FENTRY);
  }

  static ProbeProgram tracepoint(ProbeProgram program) {
    return of(program, TRACEPOINT, BpfAttachType.TRACE_RAW_TP);
  }

  static ProbeProgram lsmHook(ProbeProgram program) {
    return of(program, LSM_HOOK, BpfAttachType.LSM_MAC);
  }

  private static ProbeProgram of(ProbeProgram program, String name, BpfAttachType type) {
    int id = ProbeCalls.kernelTypeId(name, type.number());
    return program.attachType(type.number()).attachBtfId(Math.max(id, 0));
  }
}
