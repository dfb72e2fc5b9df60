package io.github.bpf4j.map;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Takes the first entry again and again, two system calls for each. */
final class TakeFeed implements Feed {
  private final RawMap map;
  private final MemorySegment key;
  private final MemorySegment value;

  TakeFeed(RawMap map) {
    this.map = map;
    this.key = Arena.ofAuto().allocate(map.keySize(), Long.BYTES);
    this.value = Arena.ofAuto().allocate(map.valueBytes(), Long.BYTES);
  }

  @Override
  public void rewind() {
    // The first entry is always where to begin.
  }

  @Override
  public boolean fill(Chunk chunk) {
    chunk.count = 0;
    for (chunk.steps = 0; chunk.steps < chunk.capacity(); chunk.steps++) {
      if (!map.firstKey(key)) {
        return false;
      }
      if (map.lookupAndDelete(key, value, 0)) {
        chunk.append(key, value);
      }
    }
    return true;
  }
}
