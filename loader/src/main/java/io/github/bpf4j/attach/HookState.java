package io.github.bpf4j.attach;

import java.util.List;

/**
 * What is on a hook that programs share: TCX, netkit, a cgroup, a network namespace.
 *
 * @param revision grows with each change, for {@code expecting(revision)}; 0 where the kernel does
 *     not count: network namespaces, and cgroups before 6.17
 * @param programs in the order in which they run
 */
public record HookState(long revision, List<AttachedProgram> programs) {
  public HookState {
    programs = List.copyOf(programs);
  }
}
