package io.github.bpf4j.map;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The keys that a walk has met, byte for byte; a hash table without an object for each key. */
final class KeySet {
  private static final int FIRST_CAPACITY = 64;

  private final int keySize;
  private byte[] keys;
  private int[] table = new int[FIRST_CAPACITY * 2];
  private int size;

  KeySet(int keySize) {
    this.keySize = keySize;
    this.keys = new byte[FIRST_CAPACITY * keySize];
  }

  /**
   * Adds a key.
   *
   * @return false when it is there already
   */
  boolean add(MemorySegment segment, long offset) {
    if (size * 2 >= table.length) {
      grow();
    }
    int start = size * keySize;
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, keys, start, keySize);
    int slot = slot(start);
    while (table[slot] != 0) {
      int other = (table[slot] - 1) * keySize;
      if (Arrays.equals(keys, start, start + keySize, keys, other, other + keySize)) {
        return false;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = ++size;
    return true;
  }

  void clear() {
    Arrays.fill(table, 0);
    size = 0;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, Math.multiplyExact(table.length, keySize));
    table = new int[table.length * 2];
    for (int key = 0; key < size; key++) {
      int slot = slot(key * keySize);
      while (table[slot] != 0) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = key + 1;
    }
  }

  private int slot(int start) {
    int hash = 1;
    for (int i = start; i < start + keySize; i++) {
      hash = 31 * hash + keys[i];
    }
    // The upper bits are the better ones.
    return ((hash * 0x9e3779b9) >>> 7) & (table.length - 1);
  }
}
