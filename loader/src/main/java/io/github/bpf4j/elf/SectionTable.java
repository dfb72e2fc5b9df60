package io.github.bpf4j.elf;

import java.nio.ByteBuffer;
import java.util.List;

/** Reads section headers; every section that comes out lies inside the file. */
final class SectionTable {
  private static final int EXTENDED_INDEX = 0xffff;

  private final ElfBytes bytes;
  private final ElfHeader header;
  private final byte[] file;
  private final ByteBuffer buffer;
  private final Place place;

  private SectionTable(ElfBytes bytes, ElfHeader header) {
    this.bytes = bytes;
    this.header = header;
    this.file = bytes.file();
    this.buffer = bytes.all();
    this.place = new Place(bytes.object(), "section table");
  }

  /**
   * What is read.
   *
   * @param names the index of the section that holds the names
   */
  record Sections(List<ElfSection> all, int names) {}

  static Sections read(ElfBytes bytes, ElfHeader header) {
    return new SectionTable(bytes, header).sections();
  }

  private Sections sections() {
    int start = (int) header.sections();
    // Counts that take more than 16 bits stand in the first header, which describes no section.
    long count = header.sectionCount() == 0 ? buffer.getLong(start + 32) : header.sectionCount();
    int room = (file.length - start) / ElfHeader.SECTION_SIZE;
    if (count <= 0 || count > room) {
      throw place.malformed(
          "there are " + count + " sections", "1 to the " + room + " that fit in the file");
    }
    int names =
        header.namesIndex() == EXTENDED_INDEX ? buffer.getInt(start + 40) : header.namesIndex();
    StringTable strings = names(names, (int) count);
    ElfSection[] sections = new ElfSection[(int) count];
    for (int i = 0; i < sections.length; i++) {
      sections[i] = section(i, strings);
    }
    return new Sections(List.of(sections), names);
  }

  private StringTable names(int index, int count) {
    if (index <= 0 || index >= count) {
      throw place.malformed("names in section " + index, "in one of 1 to " + (count - 1));
    }
    int at = at(index);
    if (buffer.getInt(at + 4) != ElfSection.STRTAB) {
      throw place.malformed(
          index * (long) ElfHeader.SECTION_SIZE + 4,
          "section " + index + ", which holds the names, has type " + buffer.getInt(at + 4),
          "the type of a string table, " + ElfSection.STRTAB);
    }
    checkBytes(index, "section names");
    return StringTable.of(
        file,
        (int) buffer.getLong(at + 24),
        (int) buffer.getLong(at + 32),
        new Place(bytes.object(), "section names"));
  }

  private ElfSection section(int index, StringTable strings) {
    int at = at(index);
    int nameOffset = buffer.getInt(at);
    if (!strings.contains(nameOffset)) {
      throw place.malformed(
          index * (long) ElfHeader.SECTION_SIZE,
          "the name of section " + index + " at " + Integer.toUnsignedString(nameOffset),
          "inside the names, below " + strings.size());
    }
    String name = strings.at(nameOffset);
    int type = buffer.getInt(at + 4);
    boolean held = type != ElfSection.NOBITS && type != ElfSection.NULL;
    if (held) {
      checkBytes(index, name);
    }
    return new ElfSection(
        index,
        name,
        type,
        buffer.getLong(at + 8),
        held ? (int) buffer.getLong(at + 24) : 0,
        type == ElfSection.NULL ? 0 : buffer.getLong(at + 32),
        buffer.getInt(at + 40),
        buffer.getInt(at + 44),
        buffer.getLong(at + 48),
        buffer.getLong(at + 56));
  }

  private void checkBytes(int index, String name) {
    long offset = buffer.getLong(at(index) + 24);
    long size = buffer.getLong(at(index) + 32);
    if (offset < 0 || size < 0 || offset > file.length || size > file.length - offset) {
      throw place.malformed(
          index * (long) ElfHeader.SECTION_SIZE + 24,
          "section "
              + name
              + " of 0x"
              + Long.toHexString(size)
              + " bytes at 0x"
              + Long.toHexString(offset),
          "inside the file of 0x" + Integer.toHexString(file.length) + " bytes");
    }
  }

  private int at(int index) {
    return (int) header.sections() + index * ElfHeader.SECTION_SIZE;
  }
}
