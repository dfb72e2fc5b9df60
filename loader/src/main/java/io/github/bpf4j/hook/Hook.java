package io.github.bpf4j.hook;

import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.CgroupAttachPoint;
import io.github.bpf4j.attach.FreplaceAttachPoint;
import io.github.bpf4j.attach.IterAttachPoint;
import io.github.bpf4j.attach.KprobeAttachPoint;
import io.github.bpf4j.attach.KprobeMultiAttachPoint;
import io.github.bpf4j.attach.KsyscallAttachPoint;
import io.github.bpf4j.attach.NetfilterAttachPoint;
import io.github.bpf4j.attach.NetkitAttachPoint;
import io.github.bpf4j.attach.NetnsAttachPoint;
import io.github.bpf4j.attach.PerfEventAttachPoint;
import io.github.bpf4j.attach.RawTracepointAttachPoint;
import io.github.bpf4j.attach.SocketAttachPoint;
import io.github.bpf4j.attach.SockmapAttachPoint;
import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.attach.TcxAttachPoint;
import io.github.bpf4j.attach.TracepointAttachPoint;
import io.github.bpf4j.attach.TracingAttachPoint;
import io.github.bpf4j.attach.UprobeAttachPoint;
import io.github.bpf4j.attach.UprobeMultiAttachPoint;
import io.github.bpf4j.attach.UsdtAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.LinkCreate;
import io.github.bpf4j.libbpf.LinkHandle;
import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.Results;
import io.github.bpf4j.libbpf.TracingLinks;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.Capability;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
        case TracepointAttachPoint tracepoint -> TracingHooks.attach(program, tracepoint);
        case RawTracepointAttachPoint tracepoint -> TracingHooks.attach(program, tracepoint);
        case TracingAttachPoint tracing -> TracingHooks.attach(program, tracing);
        case FreplaceAttachPoint freplace -> TracingHooks.attach(program, freplace);
        case KprobeAttachPoint kprobe -> ProbeHooks.attach(program, kprobe);
        case KprobeMultiAttachPoint kprobes -> ProbeHooks.attach(program, kprobes);
        case KsyscallAttachPoint ksyscall -> ProbeHooks.attach(program, ksyscall);
        case UprobeAttachPoint uprobe -> ProbeHooks.attach(program, uprobe);
        case UprobeMultiAttachPoint uprobes -> ProbeHooks.attach(program, uprobes);
        case UsdtAttachPoint usdt -> ProbeHooks.attach(program, usdt);
        case CgroupAttachPoint cgroup -> CgroupHook.attach(program, cgroup);
        case NetnsAttachPoint netns -> NetnsHook.attach(program, netns);
        case SockmapAttachPoint sockmap -> SockmapHook.attach(program, sockmap);
        case NetfilterAttachPoint netfilter -> NetfilterHook.attach(program, netfilter);
        case PerfEventAttachPoint event -> PerfEventHook.attach(program, event);
        case IterAttachPoint iterator -> IterHook.attach(program, iterator);
        case SocketAttachPoint socket -> SocketHook.attach(program, socket);
      };
    } catch (RuntimeException | Error e) {
      program.lease().release();
      throw e;
    }
  }

  /** Attaches where the section's name says. */
  public static Attached attachBySection(ProgramHandle program) {
    program.lease().acquire();
    try {
      String where = "section " + program.section();
      String subject = program.name() + " by " + where;
      try {
        return new LinkAttached(program, where, TracingLinks.bySection(program, subject));
      } catch (BpfException e) {
        throw e.errno().orElse(0) == Errno.EOPNOTSUPP ? saysNotWhere(program, subject) : e;
      }
    } catch (RuntimeException | Error e) {
      program.lease().release();
      throw e;
    }
  }

  /** Gives a struct of functions to the kernel. */
  public static Attached attachStructOps(MapHandle map) {
    return StructOpsAttached.attach(map);
  }

  private static BpfException saysNotWhere(ProgramHandle program, String subject) {
    return new BpfException(
        Failure.of("attach", subject, Errno.EOPNOTSUPP)
            .because(
                "the section's name does not say where a program of type "
                    + BpfProgramType.of(program.type())
                    + " goes")
            .hint("attach(AttachPoint) does"));
  }

  /** Refuses a program of another type before the kernel is asked. */
  static void requireType(ProgramHandle program, AttachPoint point, BpfProgramType... types) {
    BpfProgramType type = BpfProgramType.of(program.type());
    if (!List.of(types).contains(type)) {
      String needed = String.join(" or ", Arrays.stream(types).map(BpfProgramType::name).toList());
      throw new BpfException(
          Failure.of(
              "attach",
              subject(program, point),
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

  /** What a link that libbpf makes comes to. */
  static Attached byLibbpf(
      ProgramHandle program, AttachPoint point, Function<String, LinkHandle> call) {
    return new LinkAttached(program, point.toString(), call.apply(subject(program, point)));
  }

  static String subject(ProgramHandle program, AttachPoint point) {
    return program.name() + " to " + point;
  }

  /** The exception for an attempt that failed for no reason that the hook has better words for. */
  static BpfException refused(ProgramHandle program, AttachPoint point, int errno) {
    return Results.failed(
        "attach",
        subject(program, point),
        errno,
        Capability.neededBy(BpfProgramType.of(program.type())));
  }
}
