package io.github.bpf4j.btf;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bpf4j.elf.ElfImage;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Headers and lengths that lead out of the bytes are refused, and nothing is allocated for them.
 */
final class BtfReaderTest {
  private static final ByteOrder ORDER = ByteOrder.BIG_ENDIAN;
  private static final int HEADER_LENGTH = 4;
  private static final int TYPES_AT = 8;
  private static final int TYPES_LENGTH = 12;
  private static final int STRINGS_AT = 16;
  private static final int STRINGS_LENGTH = 20;

  private final BtfBuilder builder = new BtfBuilder(ORDER);
  private final int base = builder.integer("int", 4);
  private final int struct = builder.struct("s", 4, 0, base, 0);
  private final ElfImage bytes = new ElfImage(builder.bytes(), ORDER);

  private static void refused(ElfImage image, String... parts) {
    ElfImage.refuses(() -> BtfBuilder.parse(image.bytes(), ORDER), parts);
  }

  @Test
  void lessThanAHeaderIsRefused() {
    for (int length = 0; length < 24; length++) {
      refused(bytes.resized(length), "section .BTF: " + length + " bytes, not a header of 24");
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = bytes.bytes().length - 1; length >= 24; length--) {
      refused(bytes.resized(length), "inside the " + length + " bytes");
    }
  }

  @Test
  void bytesBehindTheStringsAreNotLookedAt() {
    assertDoesNotThrow(() -> BtfBuilder.parse(bytes.resized(1000).bytes(), ORDER));
  }

  @Test
  void anotherMagicNumberIsRefused() {
    refused(bytes.putShort(0, 0x9feb), "offset 0x0: it starts with 9feb, not eb9f");
  }

  @Test
  void anotherVersionIsRefused() {
    refused(bytes.putByte(2, 2), "offset 0x2: version 2, not 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 23, 1000, -1, Integer.MIN_VALUE})
  void aHeaderOfImpossibleLengthIsRefused(int length) {
    refused(
        bytes.putInt(HEADER_LENGTH, length),
        "offset 0x4: a header of " + Integer.toUnsignedString(length) + " bytes");
  }

  @Test
  void aNewerHeaderIsLonger() {
    byte[] old = bytes.bytes();
    byte[] newer = new byte[old.length + 8];
    System.arraycopy(old, 0, newer, 0, 24);
    System.arraycopy(old, 24, newer, 32, old.length - 24);
    ElfImage image = new ElfImage(newer, ORDER).putInt(HEADER_LENGTH, 32);
    assertEquals("s", BtfBuilder.parse(image.bytes(), ORDER).type(struct).name());
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, -1, -24, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void partsOutsideTheSectionAreRefused(int odd) {
    for (int field : new int[] {TYPES_AT, TYPES_LENGTH, STRINGS_AT, STRINGS_LENGTH}) {
      ElfImage image = new ElfImage(bytes.bytes().clone(), ORDER).putInt(field, odd);
      refused(image, field < STRINGS_AT ? ": types from " : ": strings from ", "inside the ");
    }
  }

  @Test
  void typesThatAreNotAlignedAreRefused() {
    refused(bytes.putInt(TYPES_AT, 2).putInt(TYPES_LENGTH, 0), "types at 26", "a multiple of 4");
  }

  @Test
  void typesBehindTheStringsAreRefused() {
    int types = bytes.getInt(TYPES_LENGTH);
    refused(
        bytes.putInt(STRINGS_AT, types - 4).putInt(STRINGS_LENGTH, 5),
        "types up to " + (24 + types),
        "before the strings at " + (20 + types));
  }

  @Test
  void noStringsAreRefused() {
    refused(bytes.putInt(STRINGS_LENGTH, 0), "no strings");
  }

  @Test
  void stringsThatDoNotEndAreRefused() {
    refused(bytes.putByte(bytes.bytes().length - 1, 'x'), "the last string does not end");
  }

  @Test
  void theFirstStringMustBeTheEmptyOne() {
    int strings = 24 + bytes.getInt(STRINGS_AT);
    refused(bytes.putByte(strings, 'x'), "the first string is xint", "empty");
  }

  @Test
  void aTypeThatIsCutOffIsRefused() {
    int types = bytes.getInt(TYPES_LENGTH);
    refused(
        bytes.putInt(TYPES_LENGTH, types - 8),
        "type 2, STRUCT of 24 bytes",
        "the 16 that are left");
    refused(bytes.putInt(TYPES_LENGTH, 24), "type 2 of 8 bytes", "of 12 or more");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 31})
  void anUnknownKindIsRefused(int kind) {
    builder.set(struct, 1, kind << 24).refused("type 2 of kind " + kind, "one of 1 to 19");
  }

  @Test
  void moreEntriesThanFitAreRefused() {
    builder
        .set(struct, 1, 4 << 24 | 0xffff)
        .refused("type 2, STRUCT of 786432 bytes", "within the 24 that are left");
  }

  @Test
  void bytesMayLieInsideOthers() {
    byte[] moved = new byte[bytes.bytes().length + 100];
    Arrays.fill(moved, (byte) 0xff);
    System.arraycopy(bytes.bytes(), 0, moved, 0, bytes.bytes().length);
    assertEquals("int", BtfBuilder.parse(moved, ORDER).name(base));
  }
}
