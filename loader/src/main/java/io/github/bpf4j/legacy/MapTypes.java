package io.github.bpf4j.legacy;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.legacy.BtfTypes.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 *
 * <p>Where the object says the types of keys and values, {@code key} and {@code value} point to
 * them in the place of {@code key_size} and {@code value_size}: locks in values, and storage that
 * belongs to sockets, need that.
 */
final class MapTypes {
  /** Bytes of a member, and of the pointer that it is. */
  static final int POINTER = 8;

  /** A struct of key and value by this name, as {@code BPF_ANNOTATE_KV_PAIR} made them. */
  private static final String ANNOTATION = "____btf_map_";

  private final BtfTypes types;
  private final int element;
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final Map<String, BtfType> pairs = new HashMap<>();

  /**
   * Makes definitions.
   *
   * @param old the types that the object has, which keep their numbers, or null
   * @param types gets the new ones
   */
  MapTypes(@Nullable Btf old, BtfTypes types) {
    this.types = types;
    // One byte, so that a length up to 2^32-1 does not make the array too large for the kernel.
    this.element = types.integer("char", 1);
    for (int id = 1; old != null && id < old.count(); id++) {
      if (old.kind(id) == BtfKind.STRUCT && old.name(id).startsWith(ANNOTATION)) {
        pairs.putIfAbsent(old.name(id).substring(ANNOTATION.length()), old.type(id));
      }
    }
  }

  /** A type of BTF, and the bytes of it. */
  record Definition(int type, int bytes) {}

  /**
   * The struct that defines a map.
   *
   * @param all the maps of the object, for the one that its values look like
   */
  Definition define(LegacyMap map, List<LegacyMap> all) {
    List<Member> members = new ArrayList<>();
    members.add(number("type", map.type()));
    addKeyAndValue(members, map);
    add(members, "max_entries", map.maxEntries());
    add(members, "map_flags", map.flags());
    if (map.numaNode() != LegacyMap.NONE) {
      add(members, "numa_node", map.numaNode());
    }
    int bytes = members.size() * POINTER;
    if (map.isOfMaps()) {
      members.add(new Member("values", values(all.get(map.inner()), all)));
    }
    return new Definition(types.struct(members, bytes), bytes);
  }

  private void addKeyAndValue(List<Member> members, LegacyMap map) {
    BtfType pair = pairs.get(map.name());
    if (pair != null && fits(pair, map)) {
      members.add(new Member("key", types.pointer(part(pair, 0).id())));
      members.add(new Member("value", types.pointer(part(pair, 1).id())));
    } else {
      add(members, "key_size", map.keySize());
      add(members, "value_size", map.isOfMaps() ? 0 : map.valueSize());
    }
  }

  /** Loaders took what has the sizes that the map has, and left out the rest. */
  private static boolean fits(BtfType pair, LegacyMap map) {
    return !map.isOfMaps()
        && pair.count() >= 2
        && part(pair, 0).size() == map.keySize()
        && part(pair, 1).size() == map.valueSize();
  }

  private static BtfType part(BtfType pair, int index) {
    return pair.members().get(index).type();
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
