package io.github.bpf4j.system;

/**
 * What not all kernels can do, beyond types of programs and maps and helpers; {@link
 * FeatureProbes#feature} asks.
 */
public enum BpfFeature {
  LARGE_PROGRAMS("5.2", "programs of more than 4096 instructions"),
  BOUNDED_LOOPS("5.3", "loops that end"),
  ISA_V2("4.14", "instruction set v2: jumps if less"),
  ISA_V3("5.1", "instruction set v3: jumps on 32 bits"),
  ISA_V4("6.6", "instruction set v4: long jumps, signed division and loads"),
  GLOBAL_DATA("5.2", "global variables: a map's value by its address"),
  MMAPABLE_ARRAYS("5.5", "global variables and arrays that are mapped into a process"),
  BTF("4.18", "types of maps and programs"),
  BTF_FLOAT("5.13", "BTF of floating point numbers"),
  BTF_TYPE_TAG("5.17", "BTF of __attribute__((btf_type_tag))"),
  BTF_ENUM64("6.0", "BTF of enums of 64 bits"),
  KERNEL_BTF("5.4", "the kernel's own types, which CO-RE and tracing take"),
  MEMCG_ACCOUNTING("5.11", "memory counts for the cgroup, not against the limit of locked memory"),
  HASH_BATCH("5.6", "many entries of a hash in one system call"),
  PERCPU_ARRAY_BATCH("5.13", "many entries of a per-CPU array in one system call"),
  BIND_MAP("5.10", "a map that a program keeps without using it"),
  LINKS("5.7", "bpf_link, which holds a program on its hook"),
  PERF_EVENT_LINKS("5.15", "bpf_link for kprobes, uprobes, tracepoints and perf events"),
  ITERATORS("5.8", "programs that walk tasks, sockets, maps"),
  TRAMPOLINES("5.5", "fentry and fexit, attached to a function of the kernel"),
  KPROBE_MULTI("5.18", "kprobes on many functions at once"),
  KPROBE_SESSION("6.10", "one program on the entry and the return of many functions"),
  UPROBE_MULTI("6.6", "uprobes on many places at once"),
  XDP_FRAGS("5.18", "XDP on packets of several pages"),
  XDP_LIVE_FRAMES("5.18", "BPF_PROG_TEST_RUN that sends what XDP redirects"),
  TCX("6.6", "programs in an order on ingress and egress of a device"),
  NETKIT("6.7", "programs on netkit devices"),
  RUN_STATISTICS("5.8", "run time and count of programs, while somebody wants them"),
  TOKENS("6.9", "delegation by a bpf file system of a user namespace");

  private final String kernel;
  private final String description;

  BpfFeature(String kernel, String description) {
    this.kernel = kernel;
    this.description = description;
  }

  /** The first Linux that has it, such as {@code "5.8"}; distributions bring some to older ones. */
  public String kernel() {
    return kernel;
  }

  /** What it is, in a few words. */
  public String description() {
    return description;
  }
}
