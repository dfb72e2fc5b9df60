package io.github.bpf4j.uapi;

import java.util.EnumSet;
import java.util.Set;

/** What a map can be made with: the {@code BPF_F_*} flags of {@code linux/bpf.h}. */
public enum BpfMapFlag {
  /** Entries of a hash are allocated when they are made; a trie and all storages need it. */
  NO_PREALLOC(0),
  /** An LRU list for each CPU. */
  NO_COMMON_LRU(1),
  /** On one NUMA node. */
  NUMA_NODE(2),
  /** The descriptor that comes with the map may only read; later ones may do more. */
  RDONLY(3),
  /** The descriptor that comes with the map may only write. */
  WRONLY(4),
  /** A stack trace holds build ids and offsets instead of addresses. */
  STACK_BUILD_ID(5),
  /** A hash without a random seed, for tests only. */
  ZERO_SEED(6),
  /** BPF programs may only read. */
  RDONLY_PROG(7),
  /** BPF programs may only write. */
  WRONLY_PROG(8),
  /** A socket's storage is copied to the sockets that it accepts. */
  CLONE(9),
  /** User space may map it into its memory. */
  MMAPABLE(10),
  /** Perf events stay when the descriptor that put them in is closed. */
  PRESERVE_ELEMS(11),
  /** As the inner map of a map of maps it may differ in size from the template. */
  INNER_MAP(12),
  /** A struct_ops map that a link attaches. */
  LINK(13),
  /** The type of the value stands in the BTF of a module. */
  VTYPE_BTF_OBJ_FD(15),
  /** Made under a BPF token. */
  TOKEN_FD(16),
  /** A page of an arena that nobody allocated faults in user space. */
  SEGV_ON_FAULT(17),
  /** An arena whose pointers are not converted for user space. */
  NO_USER_CONV(18),
  /** A ring buffer that overwrites its oldest samples. */
  RB_OVERWRITE(19);

  private final int bit;

  BpfMapFlag(int bit) {
    this.bit = bit;
  }

  /** The kernel's number. */
  public int mask() {
    return 1 << bit;
  }

  /** Whether it is among the flags that the kernel reports. */
  public boolean in(int flags) {
    return (flags & mask()) != 0;
  }

  /** Those among the flags that the kernel reports which have a name here. */
  public static Set<BpfMapFlag> of(int flags) {
    Set<BpfMapFlag> found = EnumSet.noneOf(BpfMapFlag.class);
    for (BpfMapFlag flag : values()) {
      if (flag.in(flags)) {
        found.add(flag);
      }
    }
    return found;
  }
}
