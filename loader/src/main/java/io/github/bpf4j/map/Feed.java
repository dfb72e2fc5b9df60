package io.github.bpf4j.map;

/** A way to get a map's entries out of the kernel, a chunk at a time. */
interface Feed {
  /** Begins again. */
  void rewind();

  /**
   * Fills the chunk with the next entries.
   *
   * @return whether there may be more
   */
  boolean fill(Chunk chunk);
}
