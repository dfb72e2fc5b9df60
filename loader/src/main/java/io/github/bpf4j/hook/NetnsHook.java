package io.github.bpf4j.hook;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.HookState;
import io.github.bpf4j.attach.NetnsAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Descriptors;
import io.github.bpf4j.libbpf.LinkCreate;
import io.github.bpf4j.libbpf.ProgramAttach.Entry;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.LinkTarget;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** Programs on network namespaces: sk_lookup and the flow dissector. */
public final class NetnsHook {
  private static final List<BpfAttachType> HOOKS =
      List.of(BpfAttachType.FLOW_DISSECTOR, BpfAttachType.SK_LOOKUP);

  private NetnsHook() {}

  static Attached attach(ProgramHandle program, NetnsAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.SK_LOOKUP, BpfProgramType.FLOW_DISSECTOR);
    BpfAttachType type =
        BpfProgramType.of(program.type()) == BpfProgramType.SK_LOOKUP
            ? BpfAttachType.SK_LOOKUP
            : BpfAttachType.FLOW_DISSECTOR;
    IntFunction<Attached> attach =
        fd ->
            Hook.byLink(
                program,
                point,
                LinkCreate.plain(program.fd(), fd, type.number(), 0),
                errno -> refused(program, point, fd, type, errno));
    if (point.namespace().isPresent()) {
      return point.namespace().get().withFd(attach);
    }
    try (NetworkNamespace current = NetworkNamespace.current()) {
      return current.withFd(attach);
    }
  }

  private static BpfException refused(
      ProgramHandle program, NetnsAttachPoint point, int fd, BpfAttachType type, int errno) {
    // A flow dissector tolerates no other, and sk_lookups are at most 64. EEXIST: there is one that
    // no link holds, or one of the host's first namespace, which serves all.
    if (errno == Errno.E2BIG || errno == Errno.EEXIST) {
      String others =
          String.join(
              ", ",
              hook(fd, type, point.toString()).state().programs().stream()
                  .map(other -> other.describe("", "BPF_PROG_ATTACH"))
                  .toList());
      String where = others.isEmpty() ? "the host's first namespace has one" : "it has " + others;
      return new BpfException(
          Failure.of("attach", Hook.subject(program, point), errno).because(where));
    }
    return Hook.refused(program, point, errno);
  }

  /** What is on a hook of a namespace, in the order in which it runs. */
  public static HookState query(NetworkNamespace namespace, BpfAttachType type) {
    return namespace.withFd(fd -> hook(fd, type, named(type, namespace)).state());
  }

  /** What is on all hooks of a namespace that have something. */
  public static Map<BpfAttachType, HookState> queryAll(NetworkNamespace namespace) {
    Map<BpfAttachType, HookState> all = new EnumMap<>(BpfAttachType.class);
    for (BpfAttachType type : HOOKS) {
      HookState state =
          namespace.withFd(fd -> hook(fd, type, named(type, namespace)).stateIfKnown());
      if (!state.programs().isEmpty()) {
        all.put(type, state);
      }
    }
    return all;
  }

  private static String named(BpfAttachType type, NetworkNamespace namespace) {
    return type + " of network namespace " + namespace;
  }

  private static SharedHook hook(int fd, BpfAttachType type, String name) {
    BiFunction<Owners, Entry, AttachedProgram> describe =
        (owners, entry) ->
            owners.of(
                entry.programId(),
                link -> link.target().equals(new LinkTarget.Netns(Descriptors.inode(fd), type)));
    return new SharedHook(fd, type, name, describe);
  }
}
