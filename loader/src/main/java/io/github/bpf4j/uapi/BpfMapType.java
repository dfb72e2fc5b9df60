package io.github.bpf4j.uapi;

/**
 * The kinds of map, as {@code enum bpf_map_type} of {@code linux/bpf.h} numbers them.
 *
 * <p>A kernel newer than this list may report others: they are {@link #UNKNOWN}, and whoever
 * reports them carries the number beside.
 */
public enum BpfMapType {
  UNSPEC(0),
  HASH(1),
  ARRAY(2),
  PROG_ARRAY(3),
  PERF_EVENT_ARRAY(4),
  PERCPU_HASH(5),
  PERCPU_ARRAY(6),
  STACK_TRACE(7),
  CGROUP_ARRAY(8),
  LRU_HASH(9),
  LRU_PERCPU_HASH(10),
  LPM_TRIE(11),
  ARRAY_OF_MAPS(12),
  HASH_OF_MAPS(13),
  DEVMAP(14),
  SOCKMAP(15),
  CPUMAP(16),
  XSKMAP(17),
  SOCKHASH(18),
  CGROUP_STORAGE(19),
  REUSEPORT_SOCKARRAY(20),
  PERCPU_CGROUP_STORAGE(21),
  QUEUE(22),
  STACK(23),
  SK_STORAGE(24),
  DEVMAP_HASH(25),
  STRUCT_OPS(26),
  RINGBUF(27),
  INODE_STORAGE(28),
  TASK_STORAGE(29),
  BLOOM_FILTER(30),
  USER_RINGBUF(31),
  CGRP_STORAGE(32),
  ARENA(33),
  INSN_ARRAY(34),
  RHASH(35),
  /** A number that this version of bpf4j has no name for. */
  UNKNOWN(-1);

  private static final BpfMapType[] BY_NUMBER = byNumber();

  private final int number;

  BpfMapType(int number) {
    this.number = number;
  }

  /** The kernel's number; -1 for {@link #UNKNOWN}. */
  public int number() {
    return number;
  }

  /** The constant for a kernel's number, {@link #UNKNOWN} where there is none. */
  public static BpfMapType of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }

  /** Whether each CPU has a value of its own. */
  public boolean isPerCpu() {
    return switch (this) {
      case PERCPU_ARRAY, PERCPU_HASH, LRU_PERCPU_HASH, PERCPU_CGROUP_STORAGE -> true;
      default -> false;
    };
  }

  /** Whether its keys are the numbers from 0 to its size, each a slot that is always there. */
  public boolean isIndexed() {
    return switch (this) {
      case ARRAY,
          PERCPU_ARRAY,
          PROG_ARRAY,
          PERF_EVENT_ARRAY,
          CGROUP_ARRAY,
          ARRAY_OF_MAPS,
          DEVMAP,
          CPUMAP,
          XSKMAP,
          SOCKMAP,
          REUSEPORT_SOCKARRAY ->
          true;
      default -> false;
    };
  }

  // The kernel numbers them without gaps, which the test against the generated bindings proves.
  private static BpfMapType[] byNumber() {
    BpfMapType[] all = values();
    BpfMapType[] known = new BpfMapType[all.length - 1];
    for (BpfMapType type : all) {
      if (type != UNKNOWN) {
        known[type.number] = type;
      }
    }
    return known;
  }
}
