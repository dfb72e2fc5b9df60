package io.github.bpf4j.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relocations of places or by symbols that are not there are refused. */
final class RelocationTableTest {
  private static final int SYMBOL = 12;
  private static final int TYPE = 8;

  private final ElfBuilder elf = new ElfBuilder(ByteOrder.LITTLE_ENDIAN);
  private final int code = elf.code("xdp", 2);
  private final int table = elf.relocations(".relxdp", code);
  private final ElfImage image;

  RelocationTableTest() {
    elf.relocation(table, 8, 0, ElfRelocation.R_BPF_64_64);
    image = elf.build();
  }

  private void refused(String... parts) {
    ElfObject object = image.parse();
    ElfImage.refuses(() -> object.relocations(object.section(table)), parts);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 5, Integer.MIN_VALUE})
  void aTargetThatIsNotThereIsRefused(int target) {
    image.putInt(image.header(table, ElfImage.INFO), target);
    refused(
        "section .relxdp: it relocates section " + Integer.toUnsignedString(target),
        "one of 1 to 4");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 24, -16})
  void entriesOfAnotherSizeAreRefused(long size) {
    image.putLong(image.header(table, ElfImage.ENTRY_SIZE), size);
    refused("16 bytes of relocations of " + size + " bytes", "a multiple of 16");
  }

  @Test
  void aPartOfAnEntryIsRefused() {
    image.putLong(image.header(table, ElfImage.SIZE), 15);
    refused("15 bytes of relocations");
  }

  @ParameterizedTest
  @ValueSource(longs = {16, 17, -1, Long.MIN_VALUE, 0x1_0000_0000L})
  void aPlaceOutsideTheTargetIsRefused(long place) {
    image.putLong(image.contents(table, 0), place);
    refused(
        "section .relxdp, offset 0x0: a relocation of byte " + Long.toUnsignedString(place),
        "inside section xdp of 16 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1, Integer.MIN_VALUE})
  void aSymbolThatIsNotThereIsRefused(int symbol) {
    image.putInt(image.contents(table, SYMBOL), symbol);
    refused(
        "offset 0xc: a relocation to symbol " + Integer.toUnsignedString(symbol),
        "one of the 1 there are");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 9, 11, -1})
  void anUnknownTypeIsRefused(int type) {
    image.putInt(image.contents(table, TYPE), type);
    refused("offset 0x8: a relocation of type " + Integer.toUnsignedString(type), "0 to 4 or 10");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 10})
  void theTypesOfBpfAreKnown(int type) {
    image.putInt(image.contents(table, TYPE), type);
    ElfObject object = image.parse();
    assertEquals(type, object.relocations(object.section(table))[0].type());
  }
}
