package io.github.bpf4j.elf;

import java.nio.ByteBuffer;
import java.util.List;

/** Reads symbols; every symbol that comes out lies inside its section. */
final class SymbolTable {
  private static final int ENTRY = 24;

  private final List<ElfSection> sections;
  private final ElfSection table;
  private final ByteBuffer data;
  private final Place place;
  private final StringTable strings;

  private SymbolTable(ElfBytes bytes, List<ElfSection> sections, ElfSection table) {
    this.sections = sections;
    this.table = table;
    this.data = bytes.data(table);
    this.place = bytes.place(table);
    int link = table.link();
    if (link <= 0 || link >= sections.size() || sections.get(link).type() != ElfSection.STRTAB) {
      throw place.malformed(
          "its names are in section " + Integer.toUnsignedString(link), "in a string table");
    }
    this.strings = bytes.strings(sections.get(link));
  }

  /** Reads the symbols; none when there is no symbol table. */
  static ElfSymbol[] read(ElfBytes bytes, List<ElfSection> sections) {
    ElfSection table = null;
    for (ElfSection section : sections) {
      if (section.type() == ElfSection.SYMTAB) {
        if (table != null) {
          throw bytes.place(section).malformed("a second symbol table", "one");
        }
        table = section;
      }
    }
    return table == null ? new ElfSymbol[0] : new SymbolTable(bytes, sections, table).symbols();
  }

  private ElfSymbol[] symbols() {
    if (table.entrySize() != ENTRY || table.size() % ENTRY != 0) {
      throw place.malformed(
          table.size() + " bytes of symbols of " + table.entrySize() + " bytes",
          "a multiple of " + ENTRY);
    }
    ElfSymbol[] symbols = new ElfSymbol[(int) (table.size() / ENTRY)];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = symbol(i);
    }
    return symbols;
  }

  private ElfSymbol symbol(int index) {
    int at = index * ENTRY;
    int name = data.getInt(at);
    if (!strings.contains(name)) {
      throw place.malformed(
          at,
          "the name of symbol " + index + " at " + Integer.toUnsignedString(name),
          "inside the names, below " + strings.size());
    }
    int info = data.get(at + 4);
    ElfSymbol symbol =
        new ElfSymbol(
            index,
            strings.at(name),
            data.getLong(at + 8),
            data.getLong(at + 16),
            info & 0xf,
            info >> 4 & 0xf,
            data.get(at + 5) & 3,
            Short.toUnsignedInt(data.getShort(at + 6)));
    if (symbol.isDefined()) {
      checkInside(symbol, at);
    }
    return symbol;
  }

  private void checkInside(ElfSymbol symbol, int at) {
    if (symbol.section() >= sections.size()) {
      throw place.malformed(
          at + 6L,
          "symbol " + words(symbol) + " in section " + symbol.section(),
          "in one below " + sections.size());
    }
    ElfSection section = sections.get(symbol.section());
    long value = symbol.value();
    long size = symbol.size();
    if (value < 0 || size < 0 || value > section.size() || size > section.size() - value) {
      throw place.malformed(
          at + 8L,
          "symbol " + words(symbol) + " of " + size + " bytes at " + value,
          "inside section " + section.name() + " of " + section.size() + " bytes");
    }
  }

  private static String words(ElfSymbol symbol) {
    return symbol.name().isEmpty() ? "number " + symbol.index() : symbol.name();
  }
}
