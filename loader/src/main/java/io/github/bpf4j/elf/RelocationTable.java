package io.github.bpf4j.elf;

import java.nio.ByteBuffer;

/** Reads relocations; each that comes out names a symbol and a place inside the section. */
final class RelocationTable {
  private static final int ENTRY = 16;

  private final Place place;
  private final ElfSection table;
  private final ElfSection target;
  private final int symbols;
  private final ByteBuffer data;

  private RelocationTable(ElfBytes bytes, ElfSection table, ElfSection target, int symbols) {
    this.place = bytes.place(table);
    this.table = table;
    this.target = target;
    this.symbols = symbols;
    this.data = bytes.data(table);
  }

  static ElfRelocation[] read(ElfBytes bytes, ElfSection table, ElfSection target, int symbols) {
    return new RelocationTable(bytes, table, target, symbols).relocations();
  }

  private ElfRelocation[] relocations() {
    if (table.entrySize() != ENTRY || table.size() % ENTRY != 0) {
      throw place.malformed(
          table.size() + " bytes of relocations of " + table.entrySize() + " bytes",
          "a multiple of " + ENTRY);
    }
    ElfRelocation[] relocations = new ElfRelocation[(int) (table.size() / ENTRY)];
    for (int i = 0; i < relocations.length; i++) {
      int at = i * ENTRY;
      long info = data.getLong(at + 8);
      relocations[i] = new ElfRelocation(data.getLong(at), (int) (info >>> 32), (int) info);
      check(relocations[i], at);
    }
    return relocations;
  }

  private void check(ElfRelocation relocation, int at) {
    if (relocation.offset() < 0 || relocation.offset() >= target.size()) {
      throw place.malformed(
          at,
          "a relocation of byte " + Long.toUnsignedString(relocation.offset()),
          "inside section " + target.name() + " of " + target.size() + " bytes");
    }
    if (Integer.compareUnsigned(relocation.symbol(), symbols) >= 0) {
      throw place.malformed(
          at + 12L,
          "a relocation to symbol " + Integer.toUnsignedString(relocation.symbol()),
          "one of the " + symbols + " there are");
    }
    if (!known(relocation.type())) {
      throw place.malformed(
          at + 8L,
          "a relocation of type " + Integer.toUnsignedString(relocation.type()),
          "one of BPF's: 0 to 4 or 10");
    }
  }

  private static boolean known(int type) {
    return (type >= ElfRelocation.NONE && type <= ElfRelocation.R_BPF_64_NODYLD32)
        || type == ElfRelocation.R_BPF_64_32;
  }
}
