package io.github.bpf4j.hook;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.CgroupAttachPoint;
import io.github.bpf4j.attach.CgroupAttachPoint.Mode;
import io.github.bpf4j.attach.CgroupState;
import io.github.bpf4j.attach.HookState;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.hook.SharedHook.Terms;
import io.github.bpf4j.libbpf.AttachFlags;
import io.github.bpf4j.libbpf.Descriptors;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.ProgramAttach.Found;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.LinkTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Programs on cgroups. */
public final class CgroupHook {
  /** All hooks of cgroups, in the order of their numbers. */
  private static final List<BpfAttachType> HOOKS =
      Arrays.stream(BpfAttachType.values())
          .filter(type -> type.name().startsWith("CGROUP_") || type == BpfAttachType.LSM_CGROUP)
          .toList();

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

  private static Terms terms(Mode mode) {
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
    CgroupState own = state(hook);
    boolean bothShare = own.mode().equals(Optional.of(Mode.MULTI)) && point.mode() == Mode.MULTI;
    if (!own.programs().isEmpty() && !bothShare) {
      return Optional.of("it has " + describe(own));
    }
    Path above =
        point.path().map(path -> path.toAbsolutePath().normalize().getParent()).orElse(null);
    while (above != null && Files.exists(above.resolve("cgroup.procs"))) {
      CgroupState state = query(above, hook.type());
      if (state.mode().equals(Optional.of(Mode.EXCLUSIVE))) {
        return Optional.of("cgroup " + above + " above it has " + describe(state));
      }
      above = above.getParent();
    }
    return Optional.empty();
  }

  private static String describe(CgroupState state) {
    String how = state.mode().map(mode -> mode.name().toLowerCase(Locale.ROOT)).orElse("");
    return String.join(
        ", ",
        state.programs().stream().map(program -> program.describe(how, "the cgroup")).toList());
  }

  private static CgroupState state(SharedHook hook) {
    return state(hook, hook.found(), new Owners());
  }

  private static CgroupState state(SharedHook hook, Found found, Owners owners) {
    return new CgroupState(
        found.revision(),
        found.programs().isEmpty() ? Optional.empty() : Optional.of(mode(found.flags())),
        hook.programs(found, owners));
  }

  private static Mode mode(int flags) {
    if ((flags & AttachFlags.ALLOW_MULTI) != 0) {
      return Mode.MULTI;
    }
    return (flags & AttachFlags.ALLOW_OVERRIDE) != 0 ? Mode.OVERRIDABLE : Mode.EXCLUSIVE;
  }

  /** What is attached to a cgroup itself. */
  public static CgroupState query(Path path, BpfAttachType type) {
    return with(path, type, CgroupHook::state);
  }

  /** What runs for a cgroup: what is attached to it and to those above. */
  public static CgroupState queryEffective(Path path, BpfAttachType type) {
    HookState state = with(path, type, SharedHook::effectiveState);
    return new CgroupState(0, Optional.empty(), state.programs());
  }

  /** What is attached to a cgroup itself, on all hooks that have something. */
  public static Map<BpfAttachType, CgroupState> queryAll(Path path) {
    Map<BpfAttachType, CgroupState> all = new EnumMap<>(BpfAttachType.class);
    Owners owners = new Owners();
    try (Fd cgroup = Descriptors.openCgroup(path.toString())) {
      for (BpfAttachType type : HOOKS) {
        SharedHook hook = hook(cgroup, type, "cgroup " + path);
        hook.foundIfKnown()
            .filter(found -> !found.programs().isEmpty())
            .ifPresent(found -> all.put(type, state(hook, found, owners)));
      }
    }
    return all;
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
        (owners, entry) ->
            owners.of(
                entry.programId(),
                link -> link.target().equals(new LinkTarget.Cgroup(Descriptors.inode(fd), type))));
  }
}
