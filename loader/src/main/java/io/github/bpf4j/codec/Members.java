package io.github.bpf4j.codec;

import io.github.bpf4j.ctype.CMember;
import io.github.bpf4j.ctype.CStruct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The members of a struct as C names them, those of anonymous structs and unions in their place,
 * each with the unions that it lies in.
 */
final class Members {
  /**
   * A member.
   *
   * @param alternatives of each anonymous union around it: which one, and in which of its members
   */
  record Named(CMember member, Map<CStructPlace, Integer> alternatives) {}

  /** An anonymous union at its place: two may look the same. */
  record CStructPlace(int number) {}

  private final Map<String, Named> named = new LinkedHashMap<>();
  private int unions;

  private Members() {}

  static Map<String, Named> of(CStruct struct) {
    Members members = new Members();
    members.add(struct, 0, Map.of());
    return members.named;
  }

  private void add(CStruct struct, long bits, Map<CStructPlace, Integer> around) {
    CStructPlace union = struct.union() ? new CStructPlace(unions++) : null;
    List<CMember> list = struct.members();
    for (int i = 0; i < list.size(); i++) {
      CMember member = list.get(i);
      Map<CStructPlace, Integer> alternatives = around;
      if (union != null) {
        alternatives = new LinkedHashMap<>(around);
        alternatives.put(union, i);
      }
      long offset = bits + member.bitOffset();
      if (!member.name().isEmpty()) {
        CMember moved = new CMember(member.name(), member.type(), offset, member.bitSize());
        named.putIfAbsent(member.name(), new Named(moved, alternatives));
      } else if (member.type() instanceof CStruct inner) {
        add(inner, offset, alternatives);
      }
    }
  }

  /** Other members of the unions that a member lies in: at most one of them can be chosen. */
  static List<String> rivals(Named member, Map<String, Named> all) {
    List<String> rivals = new ArrayList<>();
    all.forEach(
        (name, other) -> {
          if (areRivals(member, other)) {
            rivals.add(name);
          }
        });
    return rivals;
  }

  static boolean areRivals(Named one, Named other) {
    return one.alternatives.entrySet().stream()
        .anyMatch(
            entry -> {
              Integer alternative = other.alternatives.get(entry.getKey());
              return alternative != null && !alternative.equals(entry.getValue());
            });
  }
}
