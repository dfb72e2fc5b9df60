package io.github.bpf4j.hook;

import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.NetkitAttachPoint;
import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.attach.TcxAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Capability;
import io.github.bpf4j.libbpf.LinkCreate;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.Results;
import io.github.bpf4j.uapi.BpfProgramType;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** From an attach point to the hook that knows it, and what the hooks have in common. */
public final class Hook {
  private Hook() {}

  /** Attaches. */
  public static Attached attach(ProgramHandle program, AttachPoint point) {
    program.lease().acquire();
    try {
      return switch (point) {
        case XdpAttachPoint xdp -> XdpHook.attach(program, xdp);
        case TcAttachPoint tc -> TcHook.attach(program, tc);
        case TcxAttachPoint tcx -> SharedDeviceHook.attach(program, tcx);
        case NetkitAttachPoint netkit -> SharedDeviceHook.attach(program, netkit);
      };
    } catch (RuntimeException | Error e) {
      program.lease().release();
      throw e;
    }
  }

  /** Refuses a program of another type before the kernel is asked. */
  static void requireType(ProgramHandle program, AttachPoint point, BpfProgramType... types) {
    BpfProgramType type = BpfProgramType.of(program.type());
    if (!List.of(types).contains(type)) {
      String needed = String.join(" or ", Arrays.stream(types).map(BpfProgramType::name).toList());
      throw new BpfException(
          Failure.of(
              "attach",
              program.name() + " to " + point,
              "it is a program of type "
                  + type
                  + " (section "
                  + program.section()
                  + "), not "
                  + needed));
    }
  }

  /** What a link descriptor, or {@code -errno}, that the kernel returned comes to. */
  static Attached byLink(
      ProgramHandle program, AttachPoint point, int link, IntFunction<BpfException> refusal) {
    if (link < 0) {
      throw refusal.apply(-link);
    }
    return new LinkAttached(program, point.toString(), LinkCreate.owned(link));
  }

  /** The exception for an attempt that failed for no reason that the hook has better words for. */
  static BpfException refused(ProgramHandle program, AttachPoint point, int errno) {
    return Results.failed(
        "attach",
        program.name() + " to " + point,
        errno,
        Capability.neededBy(BpfProgramType.of(program.type())));
  }
}
