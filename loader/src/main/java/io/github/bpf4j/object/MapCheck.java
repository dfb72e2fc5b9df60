package io.github.bpf4j.object;

import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfMember;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.btf.BtfVariable;
import io.github.bpf4j.elf.Place;

/**
 * Maps that BTF defines. Those of functions for the kernel to call have a section of their own, and
 * libbpf takes every map of their type for one that came from there, with all that belongs to it.
 */
final class MapCheck {
  /** {@code BPF_MAP_TYPE_STRUCT_OPS}. */
  private static final int STRUCT_OPS = 26;

  private final Place place;

  MapCheck(Place place) {
    this.place = place;
  }

  void check(BtfType section) {
    for (BtfVariable entry : section.variables()) {
      BtfType variable = entry.variable();
      if (variable.kind() == BtfKind.VAR && isStructOps(variable.target().resolved())) {
        throw place.malformed(
            "map " + variable.name() + " of section " + section.name() + " has type struct_ops",
            "a type of map that has keys and values; functions stand in section .struct_ops");
      }
    }
  }

  private static boolean isStructOps(BtfType definition) {
    return definition.kind() == BtfKind.STRUCT
        && definition.members().stream()
            .filter(member -> member.name().equals("type"))
            .anyMatch(member -> number(member) == STRUCT_OPS);
  }

  /** A number of a definition is the length of the array that a member points to. */
  private static long number(BtfMember member) {
    BtfType pointer = member.type().resolved();
    boolean known =
        pointer.kind() == BtfKind.PTR && pointer.target().resolved().kind() == BtfKind.ARRAY;
    return known ? pointer.target().resolved().length() : -1;
  }
}
