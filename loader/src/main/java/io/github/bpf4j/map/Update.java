package io.github.bpf4j.map;

/** What an update may find: {@code BPF_ANY}, {@code BPF_NOEXIST}, {@code BPF_EXIST}. */
public enum Update {
  /** Make a new entry or change the one there is. */
  ANY(0),
  /** Make a new entry only. */
  NO_EXIST(1),
  /** Change an entry only. */
  EXIST(2);

  private final long flags;

  Update(long flags) {
    this.flags = flags;
  }

  /**
   * The kernel's number for it, as {@link RawMap#update(java.lang.foreign.MemorySegment,
   * java.lang.foreign.MemorySegment, long)} takes it.
   */
  public long flags() {
    return flags;
  }
}
