package io.github.bpf4j.elf;

import io.github.bpf4j.elf.SectionTable.Sections;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A BPF object file of either byte order, read strictly: whatever this class hands out lies inside
 * the file, and no size that the file claims is believed before it is checked.
 *
 * <pre>
 *   header ─▶ section table ─▶ sections ─▶ symbol table ─▶ symbols
 *                                  └─▶ relocations, a table at a time, when asked for
 * </pre>
 *
 * <p>Thread safety: immutable, as long as nobody writes to the bytes.
 */
public final class ElfObject {
  private final ElfBytes bytes;
  private final List<ElfSection> sections;
  private final ElfSection sectionNames;
  private final List<ElfSymbol> symbols;

  private ElfObject(ElfBytes bytes, Sections sections, ElfSymbol[] symbols) {
    this.bytes = bytes;
    this.sections = sections.all();
    this.sectionNames = sections.all().get(sections.names());
    this.symbols = List.of(symbols);
  }

  /**
   * Reads header, sections and symbols.
   *
   * @param file the bytes, not copied
   * @param name names the object in the exception
   * @throws io.github.bpf4j.error.BpfObjectFormatException says where the file is malformed
   */
  public static ElfObject parse(byte[] file, String name) {
    ElfHeader header = ElfHeader.read(file, name);
    ElfBytes bytes = new ElfBytes(file, header.order(), name);
    Sections sections = SectionTable.read(bytes, header);
    return new ElfObject(bytes, sections, SymbolTable.read(bytes, sections.all()));
  }

  /** The name that the object was opened by. */
  public String name() {
    return bytes.object();
  }

  /** The file, not a copy. */
  public byte[] file() {
    return bytes.file();
  }

  /** The byte order of the file and of everything in it. */
  public ByteOrder order() {
    return bytes.order();
  }

  /** All sections by index; the first describes nothing. */
  public List<ElfSection> sections() {
    return sections;
  }

  /** The section of an index that exists. */
  public ElfSection section(int index) {
    return sections.get(index);
  }

  /** The first section of a name, or null. */
  public @Nullable ElfSection section(String name) {
    for (ElfSection section : sections) {
      if (section.name().equals(name)) {
        return section;
      }
    }
    return null;
  }

  /** The section that holds the names of all sections. */
  public ElfSection sectionNames() {
    return sectionNames;
  }

  /** All symbols by index; the first describes nothing. None when there is no symbol table. */
  public List<ElfSymbol> symbols() {
    return symbols;
  }

  /** What a section holds, read-only, in the object's byte order; empty for zero bytes. */
  public ByteBuffer data(ElfSection section) {
    return bytes.data(section);
  }

  /** The strings of a section that consists of them. */
  public StringTable strings(ElfSection section) {
    return bytes.strings(section);
  }

  /**
   * The section that a relocation section changes.
   *
   * @throws io.github.bpf4j.error.BpfObjectFormatException when there is no such section
   */
  public ElfSection target(ElfSection relocations) {
    int target = relocations.info();
    if (target <= 0 || target >= sections.size()) {
      throw place(relocations)
          .malformed(
              "it relocates section " + Integer.toUnsignedString(target),
              "one of 1 to " + (sections.size() - 1));
    }
    return sections.get(target);
  }

  /**
   * The relocations of a section of type {@link ElfSection#REL}.
   *
   * @throws io.github.bpf4j.error.BpfObjectFormatException when one names no symbol, or a place
   *     outside its target
   */
  public ElfRelocation[] relocations(ElfSection table) {
    return RelocationTable.read(bytes, table, target(table), symbols.size());
  }

  /** Where a section is, for exceptions. */
  public Place place(ElfSection section) {
    return bytes.place(section);
  }
}
