package io.github.bpf4j.map;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** From key to key, two system calls for each. */
final class WalkFeed implements Feed {
  private final RawMap map;
  private final MemorySegment key;
  private final MemorySegment next;
  private final MemorySegment value;
  private boolean started;

  WalkFeed(RawMap map) {
    this.map = map;
    this.key = Arena.ofAuto().allocate(map.keySize(), Long.BYTES);
    this.next = Arena.ofAuto().allocate(map.keySize(), Long.BYTES);
    this.value = Arena.ofAuto().allocate(map.valueBytes(), Long.BYTES);
  }

  @Override
  public void rewind() {
    started = false;
  }

  @Override
  public boolean fill(Chunk chunk) {
    chunk.count = 0;
    // So many steps and no more: who removes each key before it is looked up must not hold us here.
    for (chunk.steps = 0; chunk.steps < chunk.capacity(); chunk.steps++) {
      if (started ? !map.nextKey(key, next) : !map.firstKey(next)) {
        return false;
      }
      started = true;
      key.copyFrom(next);
      if (map.lookup(key, value)) {
        chunk.append(key, value);
      }
    }
    return true;
  }
}
