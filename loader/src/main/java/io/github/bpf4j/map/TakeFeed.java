package io.github.bpf4j.map;

/** Takes the first entry again and again, two system calls for each. */
final class TakeFeed implements Feed {
  private final RawMap map;

  TakeFeed(RawMap map) {
    this.map = map;
  }

  @Override
  public void rewind() {
    // The first entry is always where to begin.
  }

  @Override
  public boolean fill(Chunk chunk) {
    chunk.count = 0;
    for (chunk.steps = 0; chunk.steps < chunk.capacity(); chunk.steps++) {
      if (!map.firstKey(chunk.freeKey())) {
        return false;
      }
      if (map.lookupAndDelete(chunk.freeKey(), chunk.freeValue(), 0)) {
        chunk.count++;
      }
    }
    return true;
  }
}
