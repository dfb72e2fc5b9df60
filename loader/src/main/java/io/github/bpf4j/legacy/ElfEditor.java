package io.github.bpf4j.legacy;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.ElfSymbol;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes a copy of an object. What keeps its size is changed in place; what is new or grows goes
 * behind the old end of the file, and a new section table behind that.
 *
 * <pre>
 *   | the old file, changed in place | new contents … | new section names | new section table |
 * </pre>
 */
final class ElfEditor {
  private static final int SECTION_TABLE_OFFSET = 40;
  private static final int SECTION_COUNT = 60;

  private static final int HEADER_BYTES = 64;
  private static final int NAME = 0;
  private static final int TYPE = 4;
  private static final int FLAGS = 8;
  private static final int OFFSET = 24;
  private static final int SIZE = 32;
  private static final int ALIGN = 48;

  private static final int SYMBOL_BYTES = 24;
  private static final int SYMBOL_INFO = 4;
  private static final int SYMBOL_VISIBILITY = 5;
  private static final int SYMBOL_SECTION = 6;
  private static final int SYMBOL_VALUE = 8;
  private static final int SYMBOL_SIZE = 16;

  private static final int RELOCATION_BYTES = 16;
  private static final int RELOCATION_INFO = 8;

  private static final int ALIGNMENT = 8;

  private final ElfObject object;
  private final ByteBuffer file;
  private final ElfSection symbols;
  private final ElfSection names;
  private final List<ByteBuffer> headers = new ArrayList<>();
  private final ByteArrayOutputStream end = new ByteArrayOutputStream();
  private final ByteArrayOutputStream newNames = new ByteArrayOutputStream();

  ElfEditor(ElfObject object) {
    this.object = object;
    this.file = ByteBuffer.wrap(object.file().clone()).order(object.order());
    int table = (int) file.getLong(SECTION_TABLE_OFFSET);
    for (ElfSection section : object.sections()) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(object.order());
      header.put(0, file, table + section.index() * HEADER_BYTES, HEADER_BYTES);
      headers.add(header);
    }
    this.symbols =
        object.sections().stream()
            .filter(section -> section.type() == ElfSection.SYMTAB)
            .findFirst()
            .orElseThrow();
    this.names = object.sectionNames();
  }

  /** Makes a section one that describes nothing; its index stays. */
  void drop(ElfSection section) {
    ByteBuffer header = headers.get(section.index());
    header.put(0, new byte[HEADER_BYTES]).putInt(TYPE, ElfSection.NULL);
  }

  /** Gives a section other contents. */
  void replace(ElfSection section, byte[] contents) {
    place(headers.get(section.index()), contents);
  }

  /**
   * Adds a section of type PROGBITS.
   *
   * @return its index
   */
  int add(String name, int flags, byte[] contents) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(object.order());
    header
        .putInt(NAME, (int) names.size() + newNames.size())
        .putInt(TYPE, ElfSection.PROGBITS)
        .putLong(FLAGS, flags)
        .putLong(ALIGN, ALIGNMENT);
    newNames.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    newNames.write(0);
    place(header, contents);
    headers.add(header);
    return headers.size() - 1;
  }

  private void place(ByteBuffer header, byte[] contents) {
    align();
    header.putLong(OFFSET, file.capacity() + end.size()).putLong(SIZE, contents.length);
    end.writeBytes(contents);
  }

  private void align() {
    while ((file.capacity() + end.size()) % ALIGNMENT != 0) {
      end.write(0);
    }
  }

  /**
   * Lets a symbol stand for another place, and be seen by all: libbpf finds only such variables.
   */
  void move(int symbol, int section, int value, int size) {
    int at = symbols.offset() + symbol * SYMBOL_BYTES;
    file.put(at + SYMBOL_INFO, (byte) ((ElfSymbol.GLOBAL << 4) | ElfSymbol.OBJECT))
        .put(at + SYMBOL_VISIBILITY, (byte) 0)
        .putShort(at + SYMBOL_SECTION, (short) section)
        .putLong(at + SYMBOL_VALUE, value)
        .putLong(at + SYMBOL_SIZE, size);
  }

  /** Lets a symbol stand for nothing; its index stays. */
  void forget(int symbol) {
    int at = symbols.offset() + symbol * SYMBOL_BYTES;
    file.putShort(at + SYMBOL_SECTION, (short) ElfSymbol.ABSOLUTE)
        .putLong(at + SYMBOL_VALUE, 0)
        .putLong(at + SYMBOL_SIZE, 0);
  }

  /** Lets a relocation go by another symbol; its type stays. */
  void refer(ElfSection table, int relocation, int symbol) {
    int at = table.offset() + relocation * RELOCATION_BYTES;
    long info = file.getLong(at + RELOCATION_INFO);
    file.putLong(at + RELOCATION_INFO, ((long) symbol << Integer.SIZE) | (info & 0xffffffffL));
  }

  /** Changes a number in a section. */
  void setInt(ElfSection section, int offset, int value) {
    file.putInt(section.offset() + offset, value);
  }

  /** The new object. */
  byte[] write() {
    ByteArrayOutputStream allNames = new ByteArrayOutputStream();
    allNames.write(object.file(), names.offset(), (int) names.size());
    allNames.writeBytes(newNames.toByteArray());
    replace(names, allNames.toByteArray());
    align();
    file.putLong(SECTION_TABLE_OFFSET, file.capacity() + end.size())
        .putShort(SECTION_COUNT, (short) headers.size());
    byte[] header = new byte[HEADER_BYTES];
    for (ByteBuffer each : headers) {
      each.get(0, header);
      end.writeBytes(header);
    }
    byte[] whole = new byte[file.capacity() + end.size()];
    file.get(0, whole, 0, file.capacity());
    System.arraycopy(end.toByteArray(), 0, whole, file.capacity(), end.size());
    return whole;
  }
}
