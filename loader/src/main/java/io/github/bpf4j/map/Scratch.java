package io.github.bpf4j.map;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Room for one key and one value. */
final class Scratch {
  final MemorySegment key;
  final MemorySegment value;

  private Scratch(RawMap map) {
    Arena arena = Arena.ofAuto();
    // The kernel wants no address at all for the key of a map without keys.
    this.key = map.keySize() == 0 ? MemorySegment.NULL : arena.allocate(map.keySize(), Long.BYTES);
    this.value = arena.allocate(Math.max(1, map.valueBytes()), Long.BYTES);
  }

  static Pool<Scratch> pool(RawMap map) {
    return new Pool<>(() -> new Scratch(map));
  }
}
