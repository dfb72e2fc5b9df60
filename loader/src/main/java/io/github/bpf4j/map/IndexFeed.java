package io.github.bpf4j.map;

/** By the numbers of the slots, a system call for each; slots that are empty are left out. */
final class IndexFeed implements Feed {
  private final RawMap map;
  private int next;

  IndexFeed(RawMap map) {
    this.map = map;
  }

  @Override
  public void rewind() {
    next = 0;
  }

  @Override
  public boolean fill(Chunk chunk) {
    chunk.count = 0;
    while (next < map.maxEntries() && !chunk.isFull()) {
      chunk.setIndexKey(next++);
      if (map.lookup(chunk.freeKey(), chunk.freeValue())) {
        chunk.count++;
      }
    }
    chunk.steps = chunk.count;
    return next < map.maxEntries();
  }
}
