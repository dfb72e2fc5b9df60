package io.github.bpf4j.testing;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * What not all kernels have, and how to tell without the code that is under test: by the kernel's
 * version, by how it was configured, and, where a machine may forbid what its kernel can do, by
 * what bpftool is told.
 */
public enum KernelFeature {
  /** BTF of the kernel itself and of its modules as BTF objects, which have names. */
  KERNEL_BTF_OBJECTS(5, 11),
  PERCPU_ARRAY_BATCH(5, 13),
  /** Functions whose address is taken, such as those for {@code bpf_for_each_map_elem}. */
  CALLBACKS(5, 13),
  TASK_STORAGE(5, 11),
  /** Programs that {@code BPF_PROG_TEST_RUN} calls and nothing else. */
  SYSCALL_PROGRAMS(5, 14),
  /** Reading an entry of a hash and removing it, as one step. */
  HASH_LOOKUP_AND_DELETE(5, 14),
  /** The device in a context that {@code BPF_PROG_TEST_RUN} gives to an XDP program. */
  XDP_RUN_CONTEXT(5, 15),
  /** Programs on events of perf, thus on probes too, held by a link, with a cookie. */
  PERF_EVENT_LINKS(5, 15),
  BLOOM_FILTER(5, 16),
  VERIFIED_INSTRUCTIONS(5, 16),
  /** Which programs a sockmap has. */
  SOCKMAP_QUERY(5, 17),
  XDP_LIVE_FRAMES(5, 18),
  /** Cookies of programs behind a trampoline. */
  TRAMPOLINE_COOKIE(5, 19),
  /** Pinned maps for users without a capability, where those may not load programs. */
  UNPRIVILEGED_MAPS(5, 19),
  /** {@code bpf_loop()}. */
  LOOP_HELPER(5, 17),
  USER_RING_BUFFER(6, 1),
  /** Iterators over cgroups, and over the threads of one process. */
  CGROUP_ITERATOR(6, 1),
  CGRP_STORAGE(6, 2),
  /** A spin lock among global variables. */
  GLOBAL_SPIN_LOCK(6, 2),
  ARENA(6, 9),
  /** Tries that heed {@code BPF_NOEXIST}; stable versions got it too. */
  LPM_TRIE_UPDATE_FLAGS(6, 13),
  STACK_TRACE_LOOKUP_AND_DELETE(6, 18),
  PROGRAM_STREAMS(6, 18),
  /** Functions of the kernel that get what they need of their caller unasked. */
  IMPLICIT_ARGUMENTS(7, 0),
  KPROBES(4, 1, "CONFIG_KPROBES", "CONFIG_KPROBE_EVENTS", "CONFIG_BPF_EVENTS"),
  KPROBE_MULTI(5, 18, "CONFIG_FPROBE", "CONFIG_BPF_EVENTS"),
  KPROBE_SESSION(6, 10, "CONFIG_FPROBE", "CONFIG_BPF_EVENTS"),
  UPROBES(4, 1, "CONFIG_UPROBE_EVENTS", "CONFIG_BPF_EVENTS"),
  /** Which function or file an event of perf is of. */
  PERF_EVENT_LINK_TARGET(6, 6),
  UPROBE_MULTI(6, 6, "CONFIG_UPROBE_EVENTS", "CONFIG_BPF_EVENTS"),
  /** fentry, fexit, fmod_ret. */
  TRAMPOLINES("probe_fentry", 5, 5, "CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS", "CONFIG_BPF_JIT"),
  FREPLACE("probe_fentry", 5, 6, "CONFIG_BPF_JIT"),
  LSM("probe_lsm", 5, 7, "CONFIG_BPF_LSM"),
  NETKIT(6, 7, "CONFIG_NETKIT"),
  NETFILTER(6, 4, "CONFIG_NETFILTER_BPF_LINK"),
  TCX(6, 6, "CONFIG_NET_XGRESS"),
  CGROUP_ORDER(6, 17, "CONFIG_CGROUP_BPF"),
  SOCKMAP_LINK(6, 10, "CONFIG_NET_SOCK_MSG"),
  STRUCT_OPS_LINK(6, 4, "CONFIG_BPF_JIT"),
  RAW_TRACEPOINT_COOKIE(6, 10, "CONFIG_BPF_EVENTS"),
  ;

  private final @Nullable String probe;
  private final int major;
  private final int minor;

  @SuppressWarnings("ImmutableEnumChecker") // as List.of makes it
  private final List<String> options;

  KernelFeature(int major, int minor, String... options) {
    this(null, major, minor, options);
  }

  /** With an object that bpftool tries to load. */
  KernelFeature(@Nullable String probe, int major, int minor, String... options) {
    this.probe = probe;
    this.major = major;
    this.minor = minor;
    this.options = List.of(options);
  }

  /** Whether this machine has it. */
  public boolean isThere() {
    return lack().isEmpty();
  }

  /** Skips the rest of the test where this machine does not have it. */
  public void assume() {
    lack().ifPresent(lack -> Assumptions.abort(this + ": " + lack));
  }

  /** Why this machine does not have it; empty when it does, and tests of it have to pass. */
  Optional<String> lack() {
    if (Kernel.isBefore(major, minor)) {
      return Optional.of("takes Linux " + major + "." + minor + ", this is " + Kernel.release());
    }
    for (String option : options) {
      if (!Kernel.isConfigured(option)) {
        return Optional.of("this kernel was built without " + option);
      }
    }
    return probe != null && Kernel.forbids(probe)
        ? Optional.of("this machine forbids it, to bpftool too (EPERM)")
        : Optional.empty();
  }
}
