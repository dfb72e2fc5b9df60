package io.github.bpf4j.legacy;

import io.github.bpf4j.legacy.BtfTypes.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Maps as libbpf 1.0 wants them defined: a struct whose members are pointers to arrays, and each
 * array's length is a number of the definition.
 *
 * <pre>{@code
 * struct {
 *   char (*type)[6];           // BPF_MAP_TYPE_PERCPU_ARRAY
 *   char (*key_size)[4];
 *   char (*value_size)[8];
 *   char (*max_entries)[256];
 * } rxcnt;
 * }</pre>
 */
final class MapTypes {
  /** Bytes of a member, and of the pointer that it is. */
  static final int POINTER = 8;

  private final BtfTypes types;
  private final int element;
  private final Map<Integer, Integer> numbers = new HashMap<>();

  MapTypes(BtfTypes types) {
    this.types = types;
    // One byte, so that a length up to 2^32-1 does not make the array too large for the kernel.
    this.element = types.integer("char", 1);
  }

  /** A type of BTF, and the bytes of it. */
  record Definition(int type, int bytes) {}

  /**
   * The struct that defines a map.
   *
   * @param all the maps of its section, for the one that its values look like
   */
  Definition define(LegacyMap map, List<LegacyMap> all) {
    List<Member> members = new ArrayList<>();
    members.add(number("type", map.type()));
    add(members, "key_size", map.keySize());
    boolean ofMaps = map.inner() != LegacyMap.NONE;
    if (!ofMaps) {
      add(members, "value_size", map.valueSize());
    }
    add(members, "max_entries", map.maxEntries());
    add(members, "map_flags", map.flags());
    if (map.numaNode() != LegacyMap.NONE) {
      add(members, "numa_node", map.numaNode());
    }
    int bytes = members.size() * POINTER;
    if (ofMaps) {
      members.add(new Member("values", values(all.get(map.inner()), all)));
    }
    return new Definition(types.struct(members, bytes), bytes);
  }

  /** An array without a length, of pointers to what defines the inner maps. */
  private int values(LegacyMap inner, List<LegacyMap> all) {
    return types.array(types.pointer(define(inner, all).type()), element, 0);
  }

  // A number that is left out is 0, and an array of length 0 is something else.
  private void add(List<Member> members, String name, int value) {
    if (value != 0) {
      members.add(number(name, value));
    }
  }

  private Member number(String name, int value) {
    int pointer =
        numbers.computeIfAbsent(value, n -> types.pointer(types.array(element, element, n)));
    return new Member(name, pointer);
  }
}
