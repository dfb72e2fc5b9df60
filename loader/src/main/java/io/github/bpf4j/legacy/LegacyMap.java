package io.github.bpf4j.legacy;

import io.github.bpf4j.elf.ElfSymbol;
import org.jspecify.annotations.Nullable;

/**
 * A map as {@code struct bpf_map_def} or iproute2's {@code struct bpf_elf_map} defines it.
 *
 * @param symbol the symbol that names it
 * @param numaNode the node that its memory is on, -1 for any
 * @param inner the index of the map that its values look like, among the maps of the object; -1 for
 *     none
 * @param pinPath where it is pinned and found again, or null
 */
record LegacyMap(
    ElfSymbol symbol,
    int type,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    int numaNode,
    int inner,
    @Nullable String pinPath) {
  static final int NONE = -1;

  /** Whether its values are maps. */
  boolean isOfMaps() {
    return inner != NONE;
  }

  String name() {
    return symbol.name();
  }
}
