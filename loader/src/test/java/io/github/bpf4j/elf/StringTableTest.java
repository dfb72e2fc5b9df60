package io.github.bpf4j.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings by offset. */
final class StringTableTest {
  private static final Place PLACE = new Place("some.o", "names");

  private static StringTable table(String strings) {
    return table(strings.getBytes(StandardCharsets.UTF_8));
  }

  private static StringTable table(byte... bytes) {
    return StringTable.of(bytes, 0, bytes.length, PLACE);
  }

  @Test
  void anOffsetIntoAStringIsItsEnd() {
    StringTable table = table("\0count\0");
    assertEquals("", table.at(0));
    assertEquals("count", table.at(1));
    assertEquals("nt", table.at(4));
    assertEquals("", table.at(6));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void offsetsOutsideAreNotContained(int offset) {
    StringTable table = table("\0count\0");
    assertEquals(7, table.size());
    assertTrue(table.contains(6));
    assertFalse(table.contains(offset));
    assertThrows(IndexOutOfBoundsException.class, () -> table.at(offset));
  }

  @Test
  void aTableInsideOtherBytesEndsWhereItEnds() {
    byte[] bytes = "xx\0ab\0yy".getBytes(StandardCharsets.US_ASCII);
    StringTable table = StringTable.of(bytes, 2, 4, PLACE);
    assertEquals("ab", table.at(1));
    assertFalse(table.contains(4));
    ElfImage.refuses(() -> StringTable.of(bytes, 2, 5, PLACE), "names, offset 0x4", "NUL");
  }

  @Test
  void anEmptyTableIsRefused() {
    ElfImage.refuses(() -> table(new byte[0]), "names: no strings, not at least the empty one");
  }

  @Test
  void namesMayHaveAllLetters() {
    assertEquals("größe", table("größe\0").at(0));
  }

  @Test
  void namesThatAreNotUtf8StayDifferentFromEachOtherAndFromAllOthers() {
    String one = table((byte) 'a', (byte) 0xff, (byte) 0).at(0);
    String other = table((byte) 'a', (byte) 0xfe, (byte) 0).at(0);
    assertNotEquals(one, other);
    assertNotEquals(one, table("a\ufffd\0").at(0));
    assertNotEquals(one, table("a\u00ff\0").at(0));
    assertEquals('a', one.charAt(0));
    assertEquals(2, one.length());
  }
}
