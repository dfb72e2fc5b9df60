package io.github.bpf4j.attach;

import java.util.List;
import java.util.Optional;

/**
 * What is on a hook of a cgroup.
 *
 * @param revision grows with each change, for {@code expecting(revision)}; 0 before kernel 6.17,
 *     and of what runs rather than is attached
 * @param mode whom the programs tolerate beside them; empty when there are none, and of what runs
 *     rather than is attached
 * @param programs in the order in which they run
 */
public record CgroupState(
    long revision, Optional<CgroupAttachPoint.Mode> mode, List<AttachedProgram> programs) {
  public CgroupState {
    programs = List.copyOf(programs);
  }
}
