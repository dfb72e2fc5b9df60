package io.github.bpf4j.elf;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section headers that lead out of the file are refused, and nothing is allocated for them. */
final class SectionTableTest {
  private final ElfBuilder elf = new ElfBuilder(ByteOrder.BIG_ENDIAN);
  private final int code = elf.code("xdp", 2);
  private final ElfImage image = elf.build();
  private final int file = image.bytes().length;

  @Test
  void headersOfAnotherSizeAreRefused() {
    image.putShort(58, 40).refused("ELF header, offset 0x3a", "headers of 40 bytes", "of 64");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 63, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void aTableOutsideTheFileIsRefused(long at) {
    image
        .putLong(ElfImage.SECTION_TABLE, at)
        .refused("offset 0x28: a section table at 0x" + Long.toHexString(at), "inside the file");
  }

  @Test
  void aTableThatOverlapsTheEndIsRefused() {
    image.putLong(ElfImage.SECTION_TABLE, file - 63).refused("inside the file");
    image.putLong(ElfImage.SECTION_TABLE, file - 64).refused("1 to the 1 that fit in the file");
  }

  @Test
  void moreSectionsThanFitAreRefused() {
    image.putShort(ElfImage.SECTION_COUNT, 5).refused("there are 5 sections", "1 to the 4");
    image.putShort(ElfImage.SECTION_COUNT, 0xffff).refused("there are 65535 sections");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 5, 0x1_0000_0004L, Long.MAX_VALUE})
  void aCountInTheFirstHeaderIsBelievedNoMore(long count) {
    image
        .putShort(ElfImage.SECTION_COUNT, 0)
        .putLong(image.header(0, ElfImage.SIZE), count)
        .refused("section table: there are " + count + " sections", "1 to the 4 that fit");
  }

  @Test
  void everyTruncationOfTheTableIsRefused() {
    for (int length = file - 1; length >= 64; length--) {
      image.resized(length).refused("section table");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 0xfffe})
  void namesInNoSectionAreRefused(int index) {
    image
        .putShort(ElfImage.NAMES_INDEX, index)
        .refused("names in section " + index, "in one of 1 to 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, -1})
  void namesInNoSectionOfTheFirstHeaderAreRefused(int index) {
    image
        .putShort(ElfImage.NAMES_INDEX, 0xffff)
        .putInt(image.header(0, ElfImage.LINK), index)
        .refused("names in section " + index);
  }

  @Test
  void namesInWhatIsNoStringTableAreRefused() {
    image
        .putShort(ElfImage.NAMES_INDEX, code)
        .refused("offset 0x84: section 2, which holds the names, has type 1", "a string table, 3");
  }

  @Test
  void namesThatDoNotEndAreRefused() {
    image.putByte(image.contents(3, image.size(3) - 1), 'x');
    image.refused("section names, offset", "the last string does not end", "a NUL byte");
  }

  @Test
  void noNamesAtAllAreRefused() {
    image.putLong(image.header(3, ElfImage.SIZE), 0).refused("section names: no strings");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 1000})
  void aNameOutsideTheNamesIsRefused(int name) {
    image
        .putInt(image.header(code, ElfImage.NAME), name)
        .refused(
            "section table, offset 0x80",
            "the name of section 2 at " + Integer.toUnsignedString(name),
            "inside the names, below " + image.size(3));
  }

  @Test
  void theLastByteOfTheNamesIsAName() {
    image.putInt(image.header(code, ElfImage.NAME), image.size(3) - 1);
    assertEquals("", image.parse().section(code).name());
    image.putInt(image.header(code, ElfImage.NAME), image.size(3)).refused("name of section 2");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 0x1_0000_0000L})
  void aSectionOutsideTheFileIsRefused(long odd) {
    int at = image.header(code, 0);
    image.putLong(at + ElfImage.OFFSET, odd).refused("section xdp of 0x10 bytes at 0x", "offset");
    image.putLong(at + ElfImage.OFFSET, 64).putLong(at + ElfImage.SIZE, odd);
    image.refused(
        "section xdp of 0x" + Long.toHexString(odd) + " bytes at 0x40", "inside the file");
  }

  @Test
  void aSectionMayEndWhereTheFileEndsAndNotLater() {
    int at = image.header(code, 0);
    image.putLong(at + ElfImage.OFFSET, file - 16);
    assertDoesNotThrow(image::parse);
    image.putLong(at + ElfImage.OFFSET, file - 15).refused("section xdp of 0x10 bytes");
    image.putLong(at + ElfImage.OFFSET, file).putLong(at + ElfImage.SIZE, 0);
    assertDoesNotThrow(image::parse);
  }

  @Test
  void sectionsWithoutBytesMayPointAnywhere() {
    image
        .putInt(image.header(code, ElfImage.TYPE), ElfSection.NOBITS)
        .putLong(image.header(code, ElfImage.OFFSET), -1)
        .putLong(image.header(code, ElfImage.SIZE), 1L << 40);
    assertEquals(1L << 40, image.parse().section(code).size());
    image.putInt(image.header(code, ElfImage.TYPE), ElfSection.NULL);
    assertEquals(0, image.parse().section(code).size());
  }
}
