package io.github.bpf4j.legacy;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.btf.BtfVariable;
import io.github.bpf4j.legacy.BtfTypes.Variable;
import io.github.bpf4j.legacy.MapTypes.Definition;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The BTF of an object with its old maps defined the new way. Types keep their numbers, because
 * {@code .BTF.ext} and other types refer to them: what is new stands behind them, what speaks of
 * the old maps is changed in its place.
 */
final class MapsBtf {
  static final String SECTION = ".maps";

  private static final short MAGIC = (short) 0xeb9f;
  private static final byte VERSION = 1;
  private static final int HEADER = 24;

  private final @Nullable Btf old;
  private final BtfTypes added;
  private final ByteOrder order;

  MapsBtf(@Nullable Btf old, ByteOrder order) {
    this.old = old;
    this.order = order;
    int strings = old == null ? 0 : old.strings().size();
    this.added = new BtfTypes(order, old == null ? 1 : old.count(), strings);
    if (old == null) {
      added.string("");
    }
  }

  /**
   * Builds the new {@code .BTF}.
   *
   * @param maps all of them, section after section
   * @param sections the names of their sections
   * @param base where the first of them stands in {@code .maps}
   * @param slot bytes that each map gets there
   */
  byte[] build(List<LegacyMap> maps, Set<String> sections, int base, int slot) {
    MapTypes mapTypes = new MapTypes(old, added);
    Map<String, Integer> known = variables(sections);
    Map<Integer, ByteBuffer> changed = new HashMap<>();
    List<Variable> variables = new ArrayList<>();
    int end = base;
    for (LegacyMap map : maps) {
      Definition definition = mapTypes.define(map, maps);
      Integer variable = known.get(map.name());
      if (variable == null) {
        variable = added.variable(map.name(), definition.type());
      } else {
        changed.put(variable, retyped(variable, definition.type()));
      }
      variables.add(new Variable(variable, end, definition.bytes()));
      end += slot;
    }
    List<Integer> oldSections = sectionsOf(sections);
    List<Integer> present = sectionsOf(Set.of(SECTION));
    if (!present.isEmpty()) {
      oldSections.forEach(id -> changed.put(id, meaningless()));
      changed.put(present.getFirst(), extended(present.getFirst(), variables, end));
    } else if (!oldSections.isEmpty()) {
      oldSections.forEach(id -> changed.put(id, meaningless()));
      changed.put(oldSections.getFirst(), added.section(added.string(SECTION), variables, end));
    } else {
      added.section(SECTION, variables, end);
    }
    return assemble(changed);
  }

  private List<Integer> sectionsOf(Set<String> sections) {
    List<Integer> found = new ArrayList<>();
    for (int id = 1; old != null && id < old.count(); id++) {
      if (old.kind(id) == BtfKind.DATASEC && sections.contains(old.name(id))) {
        found.add(id);
      }
    }
    return found;
  }

  /** The variables that the object's own BTF has for the maps, by name. */
  private Map<String, Integer> variables(Set<String> sections) {
    Map<String, Integer> variables = new HashMap<>();
    for (int section : sectionsOf(sections)) {
      for (BtfVariable variable : requireOld().type(section).variables()) {
        BtfType type = variable.variable();
        variables.put(type.name(), type.id());
      }
    }
    return variables;
  }

  /** A section with more variables. Compilers leave its size 0, for libbpf to find it out. */
  private ByteBuffer extended(int section, List<Variable> more, int end) {
    BtfType type = requireOld().type(section);
    List<Variable> all = new ArrayList<>();
    for (BtfVariable variable : type.variables()) {
      all.add(
          new Variable(variable.variable().id(), (int) variable.offset(), (int) variable.size()));
    }
    all.addAll(more);
    return added.section(added.string(SECTION), all, type.size() == 0 ? 0 : end);
  }

  private ByteBuffer retyped(int variable, int type) {
    ByteBuffer bytes = requireOld().bytes(variable);
    return bytes.putInt(8, type).putInt(12, BtfTypes.GLOBAL);
  }

  /** A pointer to void: keeps the number of a type that is not wanted any more. */
  private ByteBuffer meaningless() {
    return ByteBuffer.allocate(12).order(order).putInt(4, BtfTypes.PTR << 24);
  }

  private Btf requireOld() {
    if (old == null) {
      throw new IllegalStateException("the object has no BTF");
    }
    return old;
  }

  private byte[] assemble(Map<Integer, ByteBuffer> changed) {
    ByteArrayOutputStream types = new ByteArrayOutputStream();
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    if (old != null) {
      for (int id = 1; id < old.count(); id++) {
        ByteBuffer replacement = changed.get(id);
        types.writeBytes(BtfTypes.bytes(replacement == null ? old.bytes(id) : replacement));
      }
      strings.writeBytes(old.strings().bytes());
    }
    types.writeBytes(added.types());
    strings.writeBytes(added.strings());
    return ByteBuffer.allocate(HEADER + types.size() + strings.size())
        .order(order)
        .putShort(MAGIC)
        .put(VERSION)
        .put((byte) 0)
        .putInt(HEADER)
        .putInt(0)
        .putInt(types.size())
        .putInt(types.size())
        .putInt(strings.size())
        .put(types.toByteArray())
        .put(strings.toByteArray())
        .array();
  }
}
