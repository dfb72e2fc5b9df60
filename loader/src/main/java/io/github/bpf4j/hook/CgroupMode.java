package io.github.bpf4j.hook;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.libbpf.AttachFlags;
import io.github.bpf4j.libbpf.ProgramAttach.Found;
import java.util.List;

/** Whom the programs on a cgroup tolerate beside them. */
record CgroupMode(SharedHook hook, Found found) {
  static CgroupMode of(SharedHook hook) {
    return new CgroupMode(hook, hook.found());
  }

  boolean isTaken() {
    return !found.programs().isEmpty();
  }

  /** Others, here and below. */
  boolean isShared() {
    return (found.flags() & AttachFlags.ALLOW_MULTI) != 0;
  }

  /** Nobody, here nor below. */
  boolean isExclusive() {
    boolean overridable = (found.flags() & AttachFlags.ALLOW_OVERRIDE) != 0;
    return isTaken() && !isShared() && !overridable;
  }

  /** Who they are. */
  String describe() {
    String how = isShared() ? "shared" : isExclusive() ? "exclusive" : "overridable";
    List<AttachedProgram> programs = found.programs().stream().map(hook.describe()).toList();
    return String.join(
        ", ", programs.stream().map(program -> program.describe(how, "the cgroup")).toList());
  }
}
