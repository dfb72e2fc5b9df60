package io.github.bpf4j;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.CgroupState;
import io.github.bpf4j.hook.CgroupHook;
import io.github.bpf4j.uapi.BpfAttachType;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is on the hooks of this host's cgroups, whoever put it there.
 *
 * <p>Owner, name and tag of a program take CAP_SYS_ADMIN, the rest CAP_NET_ADMIN. Thread safety:
 * all methods may be called from any thread.
 */
public final class Cgroup {
  private Cgroup() {}

  /**
   * What is attached to a cgroup itself, in the order in which it runs.
   *
   * @param path the cgroup's folder
   * @param type one of its hooks, such as {@link BpfAttachType#CGROUP_INET4_CONNECT}
   * @throws io.github.bpf4j.error.BpfException when the folder is no cgroup of version 2
   */
  public static CgroupState query(Path path, BpfAttachType type) {
    return CgroupHook.query(path, type);
  }

  /**
   * What is attached to a cgroup itself, hook by hook; hooks that have nothing, and hooks that the
   * kernel does not know, are left out.
   *
   * @throws io.github.bpf4j.error.BpfException when the folder is no cgroup of version 2
   */
  public static Map<BpfAttachType, CgroupState> query(Path path) {
    return CgroupHook.queryAll(path);
  }

  /** What runs for a cgroup, in that order: what is attached to it and to the cgroups above. */
  public static CgroupState queryEffective(Path path, BpfAttachType type) {
    return CgroupHook.queryEffective(path, type);
  }

  /**
   * Removes what {@link #query} found, exactly that program; takes CAP_SYS_ADMIN.
   *
   * @return false when it is gone
   * @throws io.github.bpf4j.error.BpfException when a {@code bpf_link} holds it
   */
  public static boolean detach(Path path, BpfAttachType type, AttachedProgram program) {
    return CgroupHook.detach(path, type, program);
  }
}
