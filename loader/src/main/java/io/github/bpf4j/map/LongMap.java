package io.github.bpf4j.map;

import io.github.bpf4j.uapi.BpfMapType;

/**
 * A map of numbers to numbers, without an object for either: no call allocates. Keys and values are
 * unsigned integers of 1, 2, 4 or 8 bytes in this machine's byte order; what is read is extended by
 * zeros, so that {@code (int)} gives a signed one back.
 *
 * <p>For {@code HASH}, {@code LRU_HASH} and {@code ARRAY}.
 *
 * <p>Thread safety: all methods may be called from any thread, as each call has scratch memory of
 * its own, which is kept for the next one.
 */
public sealed class LongMap permits LongHash {
  final RawMap map;
  final Pool<Scratch> scratches;
  private final SpareCursor cursors;
  private final UnsignedNumber key;
  private final UnsignedNumber value;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type is another, or keys or values are no
   *     numbers
   */
  public LongMap(RawMap map) {
    this(map, "numbers", BpfMapType.HASH, BpfMapType.LRU_HASH, BpfMapType.ARRAY);
  }

  LongMap(RawMap map, String view, BpfMapType... types) {
    Requirement.type(map, view, types);
    this.map = map;
    this.scratches = Scratch.pool(map);
    this.cursors = new SpareCursor(map);
    this.key = Requirement.number(map, view, "key", map.keySize());
    this.value = Requirement.number(map, view, "value", map.valueSize());
  }

  /** The map below. */
  public final RawMap raw() {
    return map;
  }

  /**
   * Reads a value.
   *
   * @param absent what to answer when there is no such key
   */
  public final long lookup(long number, long absent) {
    Scratch scratch = scratches.take();
    try {
      key.set(scratch.key, 0, number);
      return map.lookup(scratch.key, scratch.value, 0) ? value.get(scratch.value, 0) : absent;
    } finally {
      scratches.give(scratch);
    }
  }

  /** Whether there is such a key. */
  public final boolean containsKey(long number) {
    Scratch scratch = scratches.take();
    try {
      key.set(scratch.key, 0, number);
      return map.lookup(scratch.key, scratch.value, 0);
    } finally {
      scratches.give(scratch);
    }
  }

  /**
   * Writes an entry, new or not.
   *
   * @throws IllegalArgumentException when key or value have no room for the number
   * @throws io.github.bpf4j.error.BpfException with errno E2BIG when the map is full
   */
  public final void update(long number, long newValue) {
    update(number, newValue, Update.ANY);
  }

  /**
   * Writes an entry, if what is there is as it shall be.
   *
   * @return false when {@link Update#NO_EXIST} found an entry or {@link Update#EXIST} found none
   */
  public final boolean update(long number, long newValue, Update mode) {
    Scratch scratch = scratches.take();
    try {
      key.set(scratch.key, 0, number);
      value.set(scratch.value, 0, newValue);
      return map.update(scratch.key, scratch.value, mode.flags());
    } finally {
      scratches.give(scratch);
    }
  }

  /**
   * Does something with each entry, in few system calls where the kernel can.
   *
   * @return whether each entry that stayed in the map meanwhile was met; see {@link EntryCursor}
   */
  public final boolean forEach(Action action) {
    EntryCursor cursor = cursors.take();
    while (cursor.next()) {
      action.accept(
          key.get(cursor.keys(), cursor.keyOffset()),
          value.get(cursor.values(), cursor.valueOffset()));
    }
    boolean complete = cursor.isComplete();
    cursors.give(cursor);
    return complete;
  }

  @Override
  public final String toString() {
    return map.type() + " map " + map.name();
  }

  final boolean deleteKey(long number) {
    Scratch scratch = scratches.take();
    try {
      key.set(scratch.key, 0, number);
      return map.delete(scratch.key);
    } finally {
      scratches.give(scratch);
    }
  }

  final long take(long number, long absent) {
    Scratch scratch = scratches.take();
    try {
      key.set(scratch.key, 0, number);
      return map.lookupAndDelete(scratch.key, scratch.value, 0)
          ? value.get(scratch.value, 0)
          : absent;
    } finally {
      scratches.give(scratch);
    }
  }

  /** What is done with an entry. */
  @FunctionalInterface
  public interface Action {
    void accept(long key, long value);
  }
}
