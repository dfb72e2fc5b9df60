package io.github.bpf4j.map;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Room for some entries of a map: their keys, and apart from them their values. */
final class Chunk {
  /** Small enough to stay in the cache while it is read, large enough to make system calls rare. */
  private static final int BYTES = 128 << 10;

  private static final int ALIGNMENT = Long.BYTES;

  private final int keySize;
  private final long valueBytes;
  private MemorySegment keys;
  private MemorySegment values;
  private int capacity;

  /** How many entries are in it. */
  int count;

  /** How many keys were met to fill it; more than are in it where others removed some. */
  int steps;

  Chunk(RawMap map) {
    this(map, Integer.toUnsignedLong(map.maxEntries()));
  }

  /** For so many entries, if they fit. */
  Chunk(RawMap map, long entries) {
    this.keySize = map.keySize();
    this.valueBytes = map.valueBytes();
    long entryBytes = Math.max(1, keySize + valueBytes);
    long fitting = Math.max(1, BYTES / entryBytes);
    this.capacity = (int) Math.min(fitting, Math.max(1, entries));
    this.keys = allocate(keySize);
    this.values = allocate(valueBytes);
  }

  private MemorySegment allocate(long each) {
    return Arena.ofAuto().allocate(Math.max(1, capacity * each), ALIGNMENT);
  }

  /** Makes room for twice as many; what was in it is lost. */
  void grow() {
    capacity = Math.multiplyExact(capacity, 2);
    keys = allocate(keySize);
    values = allocate(valueBytes);
  }

  int capacity() {
    return capacity;
  }

  boolean isFull() {
    return count == capacity;
  }

  MemorySegment keys() {
    return keys;
  }

  MemorySegment values() {
    return values;
  }

  long keyOffset(int index) {
    return (long) index * keySize;
  }

  long valueOffset(int index) {
    return index * valueBytes;
  }

  MemorySegment key(int index) {
    return keys.asSlice(keyOffset(index), keySize);
  }

  MemorySegment value(int index) {
    return values.asSlice(valueOffset(index), valueBytes);
  }

  MemorySegment keysFrom(int index) {
    return keys.asSlice(keyOffset(index));
  }

  /** Adds an entry that was read by itself. */
  void append(MemorySegment key, MemorySegment value) {
    MemorySegment.copy(key, 0, keys, keyOffset(count), keySize);
    MemorySegment.copy(value, 0, values, valueOffset(count), valueBytes);
    count++;
  }
}
