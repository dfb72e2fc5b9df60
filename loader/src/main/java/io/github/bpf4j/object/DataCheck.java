package io.github.bpf4j.object;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.btf.BtfVariable;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.ElfSymbol;
import io.github.bpf4j.elf.Place;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables that BTF lists for a section, against the section and the symbols. Compilers leave
 * their offsets to the symbol table, linkers write them into BTF.
 */
final class DataCheck {
  private final ElfObject object;
  private final Btf btf;
  private final Place place;
  private final Map<String, ElfSymbol> symbols = new HashMap<>();

  DataCheck(ElfObject object, Btf btf, Place place) {
    this.object = object;
    this.btf = btf;
    this.place = place;
  }

  void check() {
    for (int id = 1; id < btf.count(); id++) {
      if (btf.kind(id) == BtfKind.DATASEC) {
        check(btf.type(id));
      }
    }
  }

  private void check(BtfType section) {
    String name = section.name();
    if (name.equals(Names.KCONFIG)) {
      new KconfigCheck(place).check(section);
    } else if (!name.equals(Names.KSYMS)) {
      if (name.equals(Names.MAPS)) {
        new MapCheck(place).check(section);
      }
      ElfSection data = object.section(name);
      if (data != null) {
        collectSymbols();
        section.variables().forEach(variable -> check(section, variable, data));
      }
    }
  }

  private void collectSymbols() {
    if (symbols.isEmpty()) {
      object.symbols().stream()
          .filter(symbol -> symbol.type() == ElfSymbol.OBJECT)
          .filter(symbol -> symbol.binding() != ElfSymbol.LOCAL)
          .forEach(symbol -> symbols.putIfAbsent(symbol.name(), symbol));
    }
  }

  private void check(BtfType section, BtfVariable entry, ElfSection data) {
    BtfType variable = entry.variable();
    if (variable.kind() != BtfKind.VAR) {
      throw malformed(section, variable.toString(), "a variable");
    }
    long offset = offset(section, entry, data);
    if (offset + entry.size() > data.size()) {
      throw malformed(
          section,
          "variable " + variable.name() + " of " + entry.size() + " bytes at " + offset,
          "inside the " + data.size() + " bytes of the section");
    }
    if (Names.isStructOps(section.name())) {
      checkStruct(section, variable, offset, data);
    }
  }

  private long offset(BtfType section, BtfVariable entry, ElfSection data) {
    ElfSymbol symbol = symbols.get(entry.variable().name());
    boolean known = section.size() != 0 || entry.variable().linkage() != BtfType.GLOBAL;
    if (known || symbol == null || !symbol.isDefined()) {
      return entry.offset();
    }
    if (symbol.section() != data.index()) {
      throw malformed(
          section,
          "variable " + symbol.name() + " in section " + object.section(symbol.section()).name(),
          "in the section that lists it");
    }
    return symbol.value();
  }

  /** libbpf copies the struct, and its members one by one, by the sizes that BTF says. */
  private void checkStruct(BtfType section, BtfType variable, long offset, ElfSection data) {
    BtfType struct = variable.target().resolved();
    if (struct.kind() != BtfKind.STRUCT) {
      throw malformed(section, variable.name() + " of type " + struct, "a struct");
    }
    if (offset + struct.size() > data.size()) {
      throw malformed(
          section,
          variable.name() + " of " + struct.size() + " bytes at " + offset,
          "inside the " + data.size() + " bytes of the section");
    }
    struct
        .members()
        .forEach(
            member -> {
              long size = Math.max(member.type().size(), 0);
              if (member.bitOffset() / Byte.SIZE + size > struct.size()) {
                throw malformed(
                    section,
                    struct + ": member " + member.name() + " of " + size + " bytes",
                    "inside the struct");
              }
            });
  }

  private RuntimeException malformed(BtfType section, String found, String expected) {
    return place.malformed("variables of section " + section.name() + ": " + found, expected);
  }
}
