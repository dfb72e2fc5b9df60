package io.github.bpf4j.hook;

import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.HookState;
import io.github.bpf4j.attach.Position;
import io.github.bpf4j.attach.Position.Neighbor;
import io.github.bpf4j.attach.Position.Side;
import io.github.bpf4j.attach.Sharing;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.AttachFlags;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.LinkCreate;
import io.github.bpf4j.libbpf.ProgramAttach;
import io.github.bpf4j.libbpf.ProgramAttach.Entry;
import io.github.bpf4j.libbpf.ProgramAttach.Found;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.Results;
import io.github.bpf4j.uapi.BpfAttachType;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A hook that programs share, in an order: TCX, netkit, cgroups.
 *
 * @param target an ifindex, or the descriptor of a cgroup
 * @param name such as {@code "eth0 (tcx ingress)"}
 * @param describe what is known of a program on it
 */
record SharedHook(
    int target,
    BpfAttachType type,
    String name,
    BiFunction<Owners, Entry, AttachedProgram> describe) {

  /** Attaches by a link that goes with the process. */
  Attached attachByLink(ProgramHandle program, AttachPoint point, Sharing sharing) {
    int flags = flags(sharing.position());
    int relative = sharing.position().id();
    long revision = sharing.revision().orElse(0);
    // Older kernels' cgroups have an order of their own, and refuse a word about it.
    int link =
        flags == 0 && revision == 0
            ? LinkCreate.plain(program.fd(), target, type.number(), 0)
            : LinkCreate.ordered(program.fd(), target, type.number(), flags, relative, revision);
    return Hook.byLink(program, point, link, errno -> refused(program, point, sharing, errno));
  }

  /**
   * How programs share the hook when no link holds them.
   *
   * @param attach the flags to attach by
   * @param replace the flags to take another's place by; with {@code BPF_F_REPLACE} where the
   *     kernel can be told which program to expect, and without it where it replaces whatever it
   *     has, so that it has to be looked at first
   */
  record Terms(int attach, int replace) {
    static final Terms ORDERED = new Terms(AttachFlags.NONE, AttachFlags.REPLACE);

    private boolean areExact() {
      return (replace & AttachFlags.REPLACE) != 0;
    }
  }

  /** Attaches so that the hook holds the program. */
  void attachWithoutLink(ProgramHandle program, AttachPoint point, Sharing sharing, Terms terms) {
    program.markOnce(Processes::self);
    int result;
    if (sharing.replaced().isEmpty()) {
      boolean taken = !terms.areExact() && !found().programs().isEmpty();
      result = taken ? -Errno.EBUSY : attach(program, sharing, terms.attach, ProgramAttach.NONE);
    } else {
      result = takePlace(program, sharing, terms);
    }
    if (result < 0) {
      throw refused(program, point, sharing, -result);
    }
  }

  private int takePlace(ProgramHandle program, Sharing sharing, Terms terms) {
    int replaced = sharing.replaced().orElseThrow();
    Optional<Fd> opened = KernelObjects.openProgram(replaced);
    if (opened.isEmpty()) {
      return -Errno.ENOENT;
    }
    try (Fd old = opened.get()) {
      return terms.areExact()
          ? attach(program, sharing, terms.replace, old.number())
          : replace(old.number(), replaced, program.fd(), terms);
    }
  }

  /** Puts a program in another's place. 0 or {@code -errno}: ENOENT when that is not there. */
  int replace(int oldFd, int oldId, int nextFd, Terms terms) {
    if (!terms.areExact()) {
      requireTold(query());
      if (!holds(oldId)) {
        return -Errno.ENOENT;
      }
    }
    int expectedFd = terms.areExact() ? oldFd : ProgramAttach.NONE;
    return ProgramAttach.attach(
        nextFd, target, type.number(), terms.replace, expectedFd, ProgramAttach.NONE, 0);
  }

  private int attach(ProgramHandle program, Sharing sharing, int flags, int replacedFd) {
    return ProgramAttach.attach(
        program.fd(),
        target,
        type.number(),
        flags | flags(sharing.position()),
        replacedFd,
        sharing.position().id(),
        sharing.revision().orElse(0));
  }

  private static int flags(Position position) {
    boolean isLast = position.equals(Position.last());
    int side = position.side() == Side.BEFORE ? AttachFlags.BEFORE : AttachFlags.AFTER;
    return switch (position.neighbor()) {
      case NONE -> isLast ? 0 : side;
      case PROGRAM -> side | AttachFlags.ID;
      case LINK -> side | AttachFlags.ID | AttachFlags.LINK;
    };
  }

  Found found() {
    return found(0);
  }

  private Found found(int flags) {
    Found found = ProgramAttach.query(target, type.number(), flags);
    requireTold(found);
    if (found.errno() != 0) {
      throw Results.failed("query", name, found.errno());
    }
    return found;
  }

  private Found query() {
    return ProgramAttach.query(target, type.number(), 0);
  }

  /** Whether the kernel keeps to itself what is on it: of sockmaps before 5.17. */
  private boolean isUntold(Found found) {
    return found.errno() == Errno.EINVAL
        && switch (type) {
          case SK_MSG_VERDICT, SK_SKB_STREAM_PARSER, SK_SKB_STREAM_VERDICT, SK_SKB_VERDICT -> true;
          default -> false;
        };
  }

  private void requireTold(Found found) {
    if (isUntold(found)) {
      throw new BpfUnsupportedException(
          Failure.of("query", name, found.errno())
              .because("this kernel does not tell whether a sockmap has a program, Linux 5.17 does")
              .hint("replacingAny() attaches whatever it has"));
    }
  }

  /** What is on it; empty where the kernel has no such hook, or was built without it. */
  Optional<Found> foundIfKnown() {
    Found found = query();
    if (found.errno() == 0) {
      return Optional.of(found);
    }
    if (isNoHook(type, found.errno())) {
      return Optional.empty();
    }
    throw Results.failed("query", name, found.errno());
  }

  /**
   * Whether the kernel says that there is no such hook there: it does not know it, or a device is
   * no netkit device (ENXIO), the end of a pair that may not be asked (EACCES), or without the
   * other end (ENODEV).
   */
  static boolean isNoHook(BpfAttachType type, int errno) {
    return switch (errno) {
      case Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOTSUPP -> true;
      case Errno.ENXIO, Errno.EACCES, Errno.ENODEV ->
          type == BpfAttachType.NETKIT_PRIMARY || type == BpfAttachType.NETKIT_PEER;
      default -> false;
    };
  }

  /** Who is on it. */
  HookState state() {
    return state(found());
  }

  /** Who is on it; nobody where the kernel has no such hook. */
  HookState stateIfKnown() {
    return state(foundIfKnown().orElse(new Found(0, 0, 0, List.of())));
  }

  /** Who runs here, those that are attached to cgroups above among them. */
  HookState effectiveState() {
    return state(found(AttachFlags.QUERY_EFFECTIVE));
  }

  private HookState state(Found found) {
    return state(found, new Owners());
  }

  /** The same as one of several hooks that are asked about. */
  HookState state(Found found, Owners owners) {
    return new HookState(found.revision(), programs(found, owners));
  }

  List<AttachedProgram> programs(Found found, Owners owners) {
    return found.programs().stream().map(entry -> describe.apply(owners, entry)).toList();
  }

  /**
   * Whether a program is on it; false too when the device or cgroup is gone. Of a program that was
   * attached it is believed where the kernel does not tell: it removes from a sockmap the one
   * program that it is told, and no other.
   */
  boolean holds(int programId) {
    Found found = query();
    if (isUntold(found)) {
      return true;
    }
    if (found.errno() == Errno.ENODEV || found.errno() == Errno.ENOENT) {
      return false;
    }
    if (found.errno() != 0) {
      throw Results.failed("query", name, found.errno());
    }
    return found.programs().stream().anyMatch(entry -> entry.programId() == programId);
  }

  /** Removes a program that was found, if it is still there; false when it is not. */
  boolean detach(AttachedProgram program) {
    if (program.linkId().isPresent()) {
      throw Owners.heldByLink(program.describe("", "the hook") + " from " + name, program);
    }
    Optional<Fd> opened = KernelObjects.openProgram(program.id());
    if (opened.isEmpty()) {
      return false;
    }
    try (Fd fd = opened.get()) {
      return remove(fd.number(), program.id());
    }
  }

  boolean detach(ProgramHandle program) {
    return remove(program.fd(), program.id());
  }

  // Without BPF_F_ALLOW_MULTI a cgroup removes whatever program it has, so it is looked at first.
  private boolean remove(int programFd, int programId) {
    if (!holds(programId)) {
      return false;
    }
    int result = ProgramAttach.detach(programFd, target, type.number());
    if (result == -Errno.ENOENT || result == -Errno.ENODEV) {
      return false; // gone in between
    }
    if (result < 0) {
      throw Results.failed("detach", "program " + programId + " from " + name, -result);
    }
    return true;
  }

  private BpfException refused(
      ProgramHandle program, AttachPoint point, Sharing sharing, int errno) {
    BpfException plain = Hook.refused(program, point, errno);
    Optional<String> reason = reason(program, sharing, errno);
    return reason.isEmpty()
        ? plain
        : new BpfException(
            Failure.of(plain.operation(), plain.subject(), errno)
                .because(reason.get())
                .hint("there are: " + listed())
                .log(plain.log()));
  }

  private Optional<String> reason(ProgramHandle program, Sharing sharing, int errno) {
    boolean besides = sharing.position().neighbor() != Neighbor.NONE;
    if (errno == Errno.ESTALE && sharing.revision().isPresent()) {
      return Optional.of(
          "its revision is " + found().revision() + ", not " + sharing.revision().getAsLong());
    }
    if (errno == Errno.EEXIST) {
      return Optional.of("program " + program.id() + " is on it already");
    }
    if (errno == Errno.EBUSY && sharing.replaced().isPresent()) {
      return Optional.of(
          "a bpf_link holds program "
              + sharing.replaced().getAsInt()
              + ", which only its owner can replace");
    }
    if (errno == Errno.EBUSY) {
      return Optional.of("it is taken");
    }
    if (errno == Errno.ENOENT && sharing.replaced().isPresent()) {
      return Optional.of(
          "program " + sharing.replaced().getAsInt() + ", which it was to replace, is not on it");
    }
    if (besides && (errno == Errno.ENOENT || errno == Errno.ERANGE || errno == Errno.EINVAL)) {
      return Optional.of("it cannot be " + sharing.position() + ", which is not on it");
    }
    return Optional.empty();
  }

  private String listed() {
    List<String> programs =
        state().programs().stream().map(program -> program.describe("", "the hook")).toList();
    return programs.isEmpty() ? "none" : String.join(", ", programs);
  }
}
