package io.github.bpf4j.elf;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Symbols that lead out of their section, or to names that are none, are refused. */
final class SymbolTableTest {
  private static final int TABLE = 1;
  private static final int NAME = 0;
  private static final int SECTION = 6;
  private static final int VALUE = 8;
  private static final int SIZE = 16;

  private final ElfBuilder elf = new ElfBuilder(ByteOrder.BIG_ENDIAN);
  private final int code = elf.code("xdp", 2);
  private final int function = elf.function("count", code, 0, 16);
  private final int strings = code + 1;
  private final ElfImage image = elf.build();

  private int at(int field) {
    return image.contents(TABLE, 24 * function + field);
  }

  @Test
  void aSecondTableIsRefused() {
    elf.section(".symtab2", ElfSection.SYMTAB, 0);
    elf.build().refused("section .symtab2: a second symbol table, not one");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 2, 4, Integer.MIN_VALUE})
  void namesInWhatIsNoStringTableAreRefused(int link) {
    image
        .putInt(image.header(TABLE, ElfImage.LINK), link)
        .refused(
            "section .symtab: its names are in section " + Integer.toUnsignedString(link),
            "in a string table");
  }

  @Test
  void namesThatDoNotEndAreRefused() {
    int names = elf.section("names", ElfSection.STRTAB, 0, (byte) 0, (byte) 'x');
    ElfImage odd = elf.build();
    odd.putInt(odd.header(TABLE, ElfImage.LINK), names);
    odd.refused("section names, offset 0x1: the last string does not end");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 16, 23, 25, -24})
  void entriesOfAnotherSizeAreRefused(long size) {
    image
        .putLong(image.header(TABLE, ElfImage.ENTRY_SIZE), size)
        .refused("48 bytes of symbols of " + size + " bytes", "a multiple of 24");
  }

  @Test
  void aPartOfAnEntryIsRefused() {
    image.putLong(image.header(TABLE, ElfImage.SIZE), 47).refused("47 bytes of symbols");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 1000})
  void aNameOutsideTheNamesIsRefused(int name) {
    image
        .putInt(at(NAME), name)
        .refused(
            "section .symtab, offset 0x18: the name of symbol 1 at "
                + Integer.toUnsignedString(name),
            "below " + image.size(strings));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 0xfeff})
  void aSectionThatIsNotThereIsRefused(int section) {
    image
        .putShort(at(SECTION), section)
        .refused("offset 0x1e: symbol count in section " + section, "in one below 4");
  }

  @ParameterizedTest
  @CsvSource({"17, 0", "0, 17", "8, 9", "-1, 0", "0, -1", "-1, -1", "9223372036854775807, 16"})
  void whatLeavesItsSectionIsRefused(long value, long size) {
    image
        .putLong(at(VALUE), value)
        .putLong(at(SIZE), size)
        .refused(
            "offset 0x20: symbol count of " + size + " bytes at " + value,
            "inside section xdp of 16 bytes");
  }

  @Test
  void aSymbolWithoutNameIsToldByItsNumber() {
    image.putInt(at(NAME), 0).putLong(at(VALUE), 99).refused("symbol number 1 of 16 bytes at 99");
  }

  @Test
  void theEndOfASectionIsStillInIt() {
    image.putLong(at(VALUE), 16).putLong(at(SIZE), 0);
    assertDoesNotThrow(image::parse);
  }

  @ParameterizedTest
  @ValueSource(ints = {ElfSymbol.UNDEFINED, ElfSymbol.ABSOLUTE, ElfSymbol.COMMON, 0xffff})
  void whatIsInNoSectionMayHaveAnyValue(int section) {
    image.putShort(at(SECTION), section).putLong(at(VALUE), -1);
    assertEquals(-1, image.parse().symbols().get(function).value());
  }
}
