package io.github.bpf4j.hook;

import io.github.bpf4j.attach.Sharing;
import io.github.bpf4j.attach.SockmapAttachPoint;
import io.github.bpf4j.hook.SharedHook.Terms;
import io.github.bpf4j.libbpf.AttachFlags;
import io.github.bpf4j.libbpf.Descriptors;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.LinkCreate;
import io.github.bpf4j.libbpf.ProgramAttach;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfProgramType;

/** Programs on what the sockets of a sockmap send and receive. */
final class SockmapHook {
  /** One program of each kind, and the kernel replaces it unasked. */
  private static final Terms TERMS = new Terms(AttachFlags.NONE, AttachFlags.NONE);

  private SockmapHook() {}

  static Attached attach(ProgramHandle program, SockmapAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.SK_MSG, BpfProgramType.SK_SKB);
    BpfAttachType type = BpfAttachType.of(program.attachType());
    if (point.isByLink()) {
      int link = LinkCreate.plain(program.fd(), point.mapFd(), type.number(), 0);
      return Hook.byLink(program, point, link, errno -> Hook.refused(program, point, errno));
    }
    Fd map = Descriptors.duplicate(point.mapFd(), point.toString());
    boolean kept = false;
    try {
      SharedHook hook =
          new SharedHook(
              map.number(),
              type,
              point.toString(),
              // Its link, if there is one, has the map's id, which nobody needs to know.
              (owners, entry) -> owners.of(entry.programId(), entry.linkId()));
      if (point.replacesAny()) {
        replaceAny(program, point, hook);
      } else {
        hook.attachWithoutLink(program, point, Sharing.ofHook(), TERMS);
      }
      kept = true;
      return new HookAttached(program, new SharedPlace(hook, TERMS, map::close));
    } finally {
      if (!kept) {
        map.close();
      }
    }
  }

  private static void replaceAny(ProgramHandle program, SockmapAttachPoint point, SharedHook hook) {
    int result =
        ProgramAttach.attach(
            program.fd(),
            hook.target(),
            hook.type().number(),
            AttachFlags.NONE,
            ProgramAttach.NONE,
            ProgramAttach.NONE,
            0);
    if (result < 0) {
      throw Hook.refused(program, point, -result);
    }
  }
}
