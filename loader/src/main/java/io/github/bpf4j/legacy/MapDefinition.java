package io.github.bpf4j.legacy;

import io.github.bpf4j.elf.ElfSymbol;
import io.github.bpf4j.elf.Place;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one definition; its size tells the struct.
 *
 * <pre>
 *  offset 0      4          8            12            16          20              24
 *  bpf_map_def   | type | key_size | value_size | max_entries | map_flags | inner_map_idx | numa_node |
 *  bpf_elf_map   | type | size_key | size_value | max_elem    | flags     | id | pinning | inner_id | inner_idx |
 * </pre>
 */
final class MapDefinition {
  /** Four numbers are the least that a map needs. */
  static final int SMALLEST = 16;

  private static final int WITH_FLAGS = 20;
  private static final int WITH_INNER = 24;
  private static final int WITH_NODE = 28;
  private static final int IPROUTE2 = 36;

  private static final int TYPE = 0;
  private static final int KEY_SIZE = 4;
  private static final int VALUE_SIZE = 8;
  private static final int MAX_ENTRIES = 12;
  private static final int FLAGS = 16;
  private static final int INNER_INDEX = 20;
  private static final int NUMA_NODE = 24;
  private static final int PINNING = 24;
  private static final int INNER_ID = 28;

  private static final int FLAG_NUMA_NODE = 1 << 2;
  private static final int[] MAPS_OF_MAPS = {12, 13};

  private static final int PIN_NONE = 0;
  private static final int PIN_GLOBAL = 2;
  private static final String IPROUTE2_PINS = "/sys/fs/bpf/tc/globals/";

  private MapDefinition() {}

  static LegacyMap read(ByteBuffer definition, ElfSymbol symbol, Place place) {
    int size = definition.remaining();
    return size == IPROUTE2
        ? iproute2(definition, symbol, place)
        : libbpf(definition, symbol, place);
  }

  private static LegacyMap libbpf(ByteBuffer definition, ElfSymbol symbol, Place place) {
    int size = definition.remaining();
    for (int offset = WITH_NODE; offset < size; offset++) {
      if (definition.get(offset) != 0) {
        throw place.malformed(
            symbol.value() + offset,
            "map " + symbol.name() + " has a field that bpf4j does not know",
            "zeros after the " + WITH_NODE + " bytes of struct bpf_map_def");
      }
    }
    int type = definition.getInt(TYPE);
    int flags = size >= WITH_FLAGS ? definition.getInt(FLAGS) : 0;
    boolean ofMaps = isOfMaps(type);
    if (size == WITH_NODE && !ofMaps && (flags & FLAG_NUMA_NODE) == 0) {
      // The first iproute2 that read objects had a struct of the same size, with its pinning here.
      String pinPath = pinPath(definition, symbol, place);
      return map(definition, symbol, flags, LegacyMap.NONE, LegacyMap.NONE, pinPath);
    }
    boolean onNode = size >= WITH_NODE && (flags & FLAG_NUMA_NODE) != 0;
    return map(
        definition,
        symbol,
        flags,
        onNode ? definition.getInt(NUMA_NODE) : LegacyMap.NONE,
        size >= WITH_INNER && ofMaps ? definition.getInt(INNER_INDEX) : LegacyMap.NONE,
        null);
  }

  private static LegacyMap iproute2(ByteBuffer definition, ElfSymbol symbol, Place place) {
    if (isOfMaps(definition.getInt(TYPE)) || definition.getInt(INNER_ID) != 0) {
      throw place.malformed(
          symbol.value(),
          "map " + symbol.name() + " is one of iproute2's maps of maps, which only tc can fill",
          "a map of values");
    }
    return map(
        definition,
        symbol,
        definition.getInt(FLAGS),
        LegacyMap.NONE,
        LegacyMap.NONE,
        pinPath(definition, symbol, place));
  }

  private static @Nullable String pinPath(ByteBuffer definition, ElfSymbol symbol, Place place) {
    int pinning = definition.getInt(PINNING);
    if (pinning != PIN_NONE && pinning != PIN_GLOBAL) {
      throw place.malformed(
          symbol.value() + PINNING,
          "map " + symbol.name() + " is pinned where only tc finds it (pinning " + pinning + ")",
          "pinning " + PIN_NONE + " or " + PIN_GLOBAL);
    }
    return pinning == PIN_GLOBAL ? IPROUTE2_PINS + symbol.name() : null;
  }

  private static LegacyMap map(
      ByteBuffer definition,
      ElfSymbol symbol,
      int flags,
      int node,
      int inner,
      @Nullable String pinPath) {
    return new LegacyMap(
        symbol,
        definition.getInt(TYPE),
        definition.getInt(KEY_SIZE),
        definition.getInt(VALUE_SIZE),
        definition.getInt(MAX_ENTRIES),
        flags,
        node,
        inner,
        pinPath);
  }

  private static boolean isOfMaps(int type) {
    return Arrays.stream(MAPS_OF_MAPS).anyMatch(ofMaps -> ofMaps == type);
  }
}
