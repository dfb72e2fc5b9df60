package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_attr;
import io.github.bpf4j.bindings.uapi_h;
import io.github.bpf4j.error.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code BPF_PROG_ATTACH}, {@code BPF_PROG_DETACH} and {@code BPF_PROG_QUERY}: programs that the
 * hook itself holds, whether or not the process lives, and what is on a hook however it came there.
 * By {@code bpf(2)} itself, because libbpf passes on only what it knows.
 *
 * <p>A target is a descriptor (a cgroup, a network namespace, a sockmap) or the ifindex of a
 * device, as the attach type wants it. Results are 0 or {@code -errno}.
 */
public final class ProgramAttach {
  /** No program to replace; no place among others. */
  public static final int NONE = 0;

  private static final int TRIES = 8;
  private static final int ROOM = 64;

  private ProgramAttach() {}

  /**
   * Attaches.
   *
   * @param flags {@code BPF_F_*}
   * @param replacedFd with {@code BPF_F_REPLACE}, the program to replace, otherwise {@link #NONE}
   * @param relative the id or descriptor that the flags say, or {@link #NONE}
   * @param revision the hook's revision that is expected, 0 for any
   */
  public static int attach(
      int programFd,
      int target,
      int attachType,
      int flags,
      int replacedFd,
      int relative,
      long revision) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = attributes(programFd, target, attachType, flags, arena);
      bpf_attr.replace_bpf_fd(attributes, replacedFd);
      bpf_attr.relative_id(attributes, relative);
      bpf_attr.expected_revision(attributes, revision);
      return call(uapi_h.BPF_PROG_ATTACH(), attributes);
    }
  }

  /** Detaches a program. */
  public static int detach(int programFd, int target, int attachType) {
    try (Arena arena = Arena.ofConfined()) {
      return call(uapi_h.BPF_PROG_DETACH(), attributes(programFd, target, attachType, 0, arena));
    }
  }

  private static MemorySegment attributes(
      int programFd, int target, int attachType, int flags, Arena arena) {
    MemorySegment attributes = bpf_attr.allocate(arena);
    bpf_attr.attach_bpf_fd(attributes, programFd);
    bpf_attr.target_fd(attributes, target);
    bpf_attr.attach_type(attributes, attachType);
    bpf_attr.attach_flags(attributes, flags);
    return attributes;
  }

  /**
   * What is on a hook.
   *
   * @param errno why the kernel refused to tell, 0 when it did not
   * @param revision grows with each change, where the hook counts them; 0 otherwise
   * @param flags how programs share the hook, {@code BPF_F_ALLOW_*}; of cgroups
   * @param programs in the order in which they run
   */
  public record Found(int errno, long revision, int flags, List<Entry> programs) {}

  /**
   * A program on a hook.
   *
   * @param linkId the link that holds it; 0 when none does, or when the hook does not tell
   */
  public record Entry(int programId, int linkId) {}

  /**
   * Asks what is on a hook.
   *
   * @param flags {@code BPF_F_QUERY_EFFECTIVE} or 0
   */
  public static Found query(int target, int attachType, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      int room = ROOM;
      for (int i = 0; ; i++) {
        MemorySegment attributes = bpf_attr.allocate(arena);
        MemorySegment query = bpf_attr.query(attributes);
        MemorySegment programs = arena.allocate(ValueLayout.JAVA_INT, room);
        MemorySegment links = arena.allocate(ValueLayout.JAVA_INT, room);
        bpf_attr.query.target_fd(query, target);
        bpf_attr.query.attach_type(query, attachType);
        bpf_attr.query.query_flags(query, flags);
        bpf_attr.query.prog_ids(query, programs.address());
        bpf_attr.query.prog_cnt(query, room);
        if (isOrdered(attachType)) {
          bpf_attr.query.link_ids(query, links.address());
        }
        int result = call(uapi_h.BPF_PROG_QUERY(), attributes);
        int count = bpf_attr.query.prog_cnt(query);
        if (result != -Errno.ENOSPC || i == TRIES) {
          return new Found(
              Math.max(-result, 0),
              bpf_attr.query.revision(query),
              bpf_attr.query.attach_flags(query),
              result < 0 ? List.of() : entries(programs, links, count));
        }
        room = Math.max(count, room) * 2;
      }
    }
  }

  // Others' kernels before 6.6 refuse any field that they do not know.
  private static boolean isOrdered(int attachType) {
    return attachType == uapi_h.BPF_TCX_INGRESS()
        || attachType == uapi_h.BPF_TCX_EGRESS()
        || attachType == uapi_h.BPF_NETKIT_PRIMARY()
        || attachType == uapi_h.BPF_NETKIT_PEER();
  }

  private static List<Entry> entries(MemorySegment programs, MemorySegment links, int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(
          new Entry(
              programs.getAtIndex(ValueLayout.JAVA_INT, i),
              links.getAtIndex(ValueLayout.JAVA_INT, i)));
    }
    return entries;
  }

  private static int call(int command, MemorySegment attributes) {
    Libbpf.require();
    return SystemCalls.bpf(command, attributes);
  }
}
