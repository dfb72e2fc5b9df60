package io.github.bpf4j.map;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** By the numbers of the slots, a system call for each; slots that are empty are left out. */
final class IndexFeed implements Feed {
  private final RawMap map;
  private final MemorySegment key = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
  private final MemorySegment value;
  private int next;

  IndexFeed(RawMap map) {
    this.map = map;
    this.value = Arena.ofAuto().allocate(map.valueBytes(), Long.BYTES);
  }

  @Override
  public void rewind() {
    next = 0;
  }

  @Override
  public boolean fill(Chunk chunk) {
    chunk.count = 0;
    while (next < map.maxEntries() && !chunk.isFull()) {
      key.set(ValueLayout.JAVA_INT, 0, next++);
      if (map.lookup(key, value)) {
        chunk.append(key, value);
      }
    }
    chunk.steps = chunk.count;
    return next < map.maxEntries();
  }
}
