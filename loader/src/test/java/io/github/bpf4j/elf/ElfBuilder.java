package io.github.bpf4j.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes object files for tests, of either byte order and apart from the reader that is under test.
 * What comes out is well-formed; {@link ElfImage} makes it hostile.
 *
 * <pre>
 *   | ELF header | sections as they were added … | .symtab | .rel… | .strtab | section table |
 * </pre>
 */
public final class ElfBuilder {
  private static final int HEADER = 64;
  private static final int SYMBOL = 24;
  private static final int RELOCATION = 16;
  private static final int SYMBOL_TABLE = 1;

  private final ByteOrder order;
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();
  private final List<Section> sections = new ArrayList<>();
  private final ByteArrayOutputStream symbols = new ByteArrayOutputStream();
  private int symbolCount;

  private static final class Section {
    final int name;
    final int type;
    final long flags;
    final ByteArrayOutputStream contents = new ByteArrayOutputStream();
    long size = -1;
    int link;
    int info;
    long entrySize;

    Section(int name, int type, long flags) {
      this.name = name;
      this.type = type;
      this.flags = flags;
    }
  }

  /** An object with an empty symbol table as section 1. */
  public ElfBuilder(ByteOrder order) {
    this.order = order;
    names.write(0);
    sections.add(new Section(0, ElfSection.NULL, 0));
    section(".symtab", ElfSection.SYMTAB, 0);
    sections.get(SYMBOL_TABLE).entrySize = SYMBOL;
    symbol("", ElfSymbol.NOTYPE, ElfSymbol.LOCAL, ElfSymbol.UNDEFINED, 0, 0);
  }

  /** An object of this machine's byte order. */
  public ElfBuilder() {
    this(ByteOrder.nativeOrder());
  }

  public ByteOrder order() {
    return order;
  }

  /** Adds a section; its index. */
  public int section(String name, int type, long flags, byte... contents) {
    Section section = new Section(string(name), type, flags);
    section.contents.writeBytes(contents);
    sections.add(section);
    return sections.size() - 1;
  }

  /** Adds a section of code: so many instructions that do nothing. */
  public int code(String name, int instructions) {
    return section(
        name,
        ElfSection.PROGBITS,
        ElfSection.ALLOC | ElfSection.EXECUTE,
        new byte[8 * instructions]);
  }

  /** Adds a section of data. */
  public int data(String name, byte... contents) {
    return section(name, ElfSection.PROGBITS, ElfSection.ALLOC | ElfSection.WRITE, contents);
  }

  /** Adds a section of zeros that the file does not hold. */
  public int zeros(String name, long size) {
    int index = section(name, ElfSection.NOBITS, ElfSection.ALLOC | ElfSection.WRITE);
    sections.get(index).size = size;
    return index;
  }

  /** Adds a symbol; its index. */
  public int symbol(String name, int type, int binding, int section, long value, long size) {
    ByteBuffer symbol = ByteBuffer.allocate(SYMBOL).order(order);
    symbol
        .putInt(string(name))
        .put((byte) (binding << 4 | type))
        .put((byte) 0)
        .putShort((short) section)
        .putLong(value)
        .putLong(size);
    symbols.writeBytes(symbol.array());
    return symbolCount++;
  }

  /** Adds a global function; its symbol. */
  public int function(String name, int section, long start, long size) {
    return symbol(name, ElfSymbol.FUNCTION, ElfSymbol.GLOBAL, section, start, size);
  }

  /** Adds a global variable; its symbol. */
  public int variable(String name, int section, long start, long size) {
    return symbol(name, ElfSymbol.OBJECT, ElfSymbol.GLOBAL, section, start, size);
  }

  /** Adds a table of relocations; its index. */
  public int relocations(String name, int target) {
    int index = section(name, ElfSection.REL, 0);
    sections.get(index).info = target;
    sections.get(index).link = SYMBOL_TABLE;
    sections.get(index).entrySize = RELOCATION;
    return index;
  }

  /** Adds a relocation to a table. */
  public void relocation(int table, long offset, int symbol, int type) {
    ByteBuffer relocation = ByteBuffer.allocate(RELOCATION).order(order);
    relocation.putLong(offset).putLong((long) symbol << Integer.SIZE | type);
    sections.get(table).contents.writeBytes(relocation.array());
  }

  private int string(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    int offset = names.size();
    names.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    names.write(0);
    return offset;
  }

  /** The object so far. */
  public ElfImage build() {
    List<Section> all = new ArrayList<>(sections);
    Section strings = new Section(string(".strtab"), ElfSection.STRTAB, 0);
    strings.contents.writeBytes(names.toByteArray());
    all.add(strings);
    Section symbolTable = all.get(SYMBOL_TABLE);
    symbolTable.link = all.size() - 1;
    symbolTable.contents.reset();
    symbolTable.contents.writeBytes(symbols.toByteArray());

    ByteArrayOutputStream contents = new ByteArrayOutputStream();
    ByteBuffer headers = ByteBuffer.allocate(all.size() * HEADER).order(order);
    for (Section section : all) {
      while (contents.size() % 8 != 0) {
        contents.write(0);
      }
      int offset = section.type == ElfSection.NULL ? 0 : HEADER + contents.size();
      long size = section.size < 0 ? section.contents.size() : section.size;
      headers.putInt(section.name).putInt(section.type).putLong(section.flags).putLong(0);
      headers.putLong(offset).putLong(size).putInt(section.link).putInt(section.info);
      headers.putLong(8).putLong(section.entrySize);
      contents.writeBytes(section.contents.toByteArray());
    }
    byte[] file =
        ByteBuffer.allocate(HEADER + contents.size() + headers.capacity())
            .put(header(HEADER + contents.size(), all.size()))
            .put(contents.toByteArray())
            .put(headers.array())
            .array();
    return new ElfImage(file, order);
  }

  private byte[] header(long table, int count) {
    return ByteBuffer.allocate(HEADER)
        .putInt(0x7f454c46)
        .put((byte) 2)
        .put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2))
        .put((byte) 1)
        .order(order)
        .putShort(16, (short) 1)
        .putShort(18, (short) 247)
        .putInt(20, 1)
        .putLong(40, table)
        .putShort(52, (short) HEADER)
        .putShort(58, (short) HEADER)
        .putShort(60, (short) count)
        .putShort(62, (short) (count - 1))
        .array();
  }
}
