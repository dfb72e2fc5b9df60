package io.github.bpf4j.hook;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.CgroupAttachPoint;
import io.github.bpf4j.attach.HookState;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.hook.SharedHook.Terms;
import io.github.bpf4j.libbpf.AttachFlags;
import io.github.bpf4j.libbpf.Descriptors;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.LinkTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Programs on cgroups. */
public final class CgroupHook {
  private CgroupHook() {}

  static Attached attach(ProgramHandle program, CgroupAttachPoint point) {
    Hook.requireType(
        program,
        point,
        BpfProgramType.CGROUP_SKB,
        BpfProgramType.CGROUP_SOCK,
        BpfProgramType.CGROUP_SOCK_ADDR,
        BpfProgramType.CGROUP_SOCKOPT,
        BpfProgramType.CGROUP_SYSCTL,
        BpfProgramType.CGROUP_DEVICE,
        BpfProgramType.SOCK_OPS,
        BpfProgramType.LSM);
    Fd cgroup =
        point
            .path()
            .map(path -> Descriptors.openCgroup(path.toString()))
            .orElseGet(() -> Descriptors.duplicate(point.fd(), point.toString()));
    BpfAttachType type = BpfAttachType.of(program.attachType());
    SharedHook hook = hook(cgroup, type, point.toString());
    boolean kept = false;
    try {
      if (point.sharing().byLink()) {
        return hook.attachByLink(program, point, point.sharing());
      }
      Terms terms = terms(point.mode());
      hook.attachWithoutLink(program, point, point.sharing(), terms);
      kept = true;
      return new HookAttached(program, new SharedPlace(hook, terms, cgroup::close));
    } catch (BpfException e) {
      throw explained(e, hook, point);
    } finally {
      if (!kept) {
        cgroup.close();
      }
    }
  }

  private static Terms terms(CgroupAttachPoint.Mode mode) {
    return switch (mode) {
      case MULTI ->
          new Terms(AttachFlags.ALLOW_MULTI, AttachFlags.ALLOW_MULTI | AttachFlags.REPLACE);
      case OVERRIDABLE -> new Terms(AttachFlags.ALLOW_OVERRIDE, AttachFlags.ALLOW_OVERRIDE);
      case EXCLUSIVE -> new Terms(AttachFlags.NONE, AttachFlags.NONE);
    };
  }

  // EPERM is what the kernel says of a missing capability, and also when a program on this cgroup,
  // or on one above, tolerates no other.
  private static BpfException explained(
      BpfException refused, SharedHook hook, CgroupAttachPoint point) {
    int errno = refused.errno().orElse(0);
    if (errno != Errno.EPERM && errno != Errno.EBUSY) {
      return refused;
    }
    return owner(hook, point)
        .map(
            reason ->
                new BpfException(
                    Failure.of(refused.operation(), refused.subject(), errno)
                        .because(reason)
                        .hint("a link, or withoutLink(), shares a cgroup with others that share")))
        .orElse(refused);
  }

  private static Optional<String> owner(SharedHook hook, CgroupAttachPoint point) {
    CgroupMode own = CgroupMode.of(hook);
    if (own.isTaken() && !(own.isShared() && isShared(point))) {
      return Optional.of("it has " + own.describe());
    }
    Path above =
        point.path().map(path -> path.toAbsolutePath().normalize().getParent()).orElse(null);
    while (above != null && Files.exists(above.resolve("cgroup.procs"))) {
      try (Fd cgroup = Descriptors.openCgroup(above.toString())) {
        CgroupMode mode = CgroupMode.of(hook(cgroup, hook.type(), "cgroup " + above));
        if (mode.isExclusive()) {
          return Optional.of("cgroup " + above + " above it has " + mode.describe());
        }
      }
      above = above.getParent();
    }
    return Optional.empty();
  }

  private static boolean isShared(CgroupAttachPoint point) {
    return point.mode() == CgroupAttachPoint.Mode.MULTI;
  }

  /** What is attached to a cgroup itself. */
  public static HookState query(Path path, BpfAttachType type) {
    return with(path, type, SharedHook::state);
  }

  /** What runs for a cgroup: what is attached to it and to those above. */
  public static HookState queryEffective(Path path, BpfAttachType type) {
    return with(path, type, SharedHook::effectiveState);
  }

  /** Removes what {@link #query} found. */
  public static boolean detach(Path path, BpfAttachType type, AttachedProgram program) {
    return with(path, type, hook -> hook.detach(program));
  }

  private static <T> T with(Path path, BpfAttachType type, Function<SharedHook, T> use) {
    try (Fd cgroup = Descriptors.openCgroup(path.toString())) {
      return use.apply(hook(cgroup, type, "cgroup " + path));
    }
  }

  private static SharedHook hook(Fd cgroup, BpfAttachType type, String name) {
    int fd = cgroup.number();
    return new SharedHook(
        fd,
        type,
        name,
        entry ->
            Owners.of(
                entry.programId(),
                link -> link.target().equals(new LinkTarget.Cgroup(Descriptors.inode(fd), type))));
  }
}
