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
   * @param maps all maps, section after section
   * @param sections the names of their sections
   * @param slot bytes that each map gets in {@code .maps}
   */
  byte[] build(List<List<LegacyMap>> maps, Set<String> sections, int slot) {
    MapTypes mapTypes = new MapTypes(added);
    Map<String, Integer> known = variables(sections);
    Map<Integer, ByteBuffer> changed = new HashMap<>();
    List<Variable> variables = new ArrayList<>();
    for (List<LegacyMap> section : maps) {
      for (LegacyMap map : section) {
        Definition definition = mapTypes.define(map, section);
        Integer variable = known.get(map.name());
        if (variable == null) {
          variable = added.variable(map.name(), definition.type());
        } else {
          changed.put(variable, retyped(variable, definition.type()));
        }
        variables.add(new Variable(variable, variables.size() * slot, definition.bytes()));
      }
    }
    int bytes = variables.size() * slot;
    List<Integer> oldSections = oldSections(sections);
    if (oldSections.isEmpty()) {
      added.section(SECTION, variables, bytes);
    } else {
      changed.put(oldSections.getFirst(), added.section(added.string(SECTION), variables, bytes));
      oldSections.stream().skip(1).forEach(id -> changed.put(id, meaningless()));
    }
    return assemble(changed);
  }

  private List<Integer> oldSections(Set<String> sections) {
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
    for (int section : oldSections(sections)) {
      for (BtfVariable variable : requireOld().type(section).variables()) {
        BtfType type = variable.variable();
        variables.put(type.name(), type.id());
      }
    }
    return variables;
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
