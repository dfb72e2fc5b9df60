package io.github.bpf4j.elf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that stands in an object comes out of the reader, whatever the byte order. */
final class ElfObjectTest {
  static Stream<ByteOrder> orders() {
    return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void sectionsAreRead(ByteOrder order) {
    ElfBuilder elf = new ElfBuilder(order);
    int code = elf.code("xdp", 2);
    int data = elf.data(".data", (byte) 1, (byte) 2, (byte) 3, (byte) 4);
    int zeros = elf.zeros(".bss", 4096);
    ElfObject object = elf.build().parse();

    assertEquals("some.o", object.name());
    assertEquals(order, object.order());
    assertEquals(
        List.of("", ".symtab", "xdp", ".data", ".bss", ".strtab"),
        object.sections().stream().map(ElfSection::name).toList());
    assertEquals(ElfSection.NULL, object.section(0).type());
    assertTrue(object.section(code).isExecutable());
    assertFalse(object.section(data).isExecutable());
    assertEquals(16, object.section(code).size());
    assertEquals(ElfSection.WRITE | ElfSection.ALLOC, object.section(data).flags());
    assertEquals(24, object.section(1).entrySize());
    assertEquals(8, object.section(data).align());
    assertEquals(4096, object.section(zeros).size());
    assertFalse(object.section(zeros).hasBytes());
    assertEquals(0, object.data(object.section(zeros)).capacity());
    assertSame(object.section(code), object.section("xdp"));
    assertNull(object.section("xdp1"));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void dataComesInTheObjectsOrderAndCannotBeWritten(ByteOrder order) {
    ElfBuilder elf = new ElfBuilder(order);
    int data = elf.data(".data", (byte) 1, (byte) 2, (byte) 3, (byte) 4);
    ElfObject object = elf.build().parse();
    ByteBuffer bytes = object.data(object.section(data));
    assertEquals(order == ByteOrder.LITTLE_ENDIAN ? 0x04030201 : 0x01020304, bytes.getInt(0));
    assertEquals(4, bytes.capacity());
    assertThrows(ReadOnlyBufferException.class, () -> bytes.put(0, (byte) 0));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void symbolsAreRead(ByteOrder order) {
    ElfBuilder elf = new ElfBuilder(order);
    int code = elf.code("xdp", 4);
    elf.symbol("", ElfSymbol.SECTION, ElfSymbol.LOCAL, code, 0, 0);
    elf.function("second", code, 16, 8);
    elf.symbol("missing", ElfSymbol.NOTYPE, ElfSymbol.WEAK, ElfSymbol.UNDEFINED, 0, 0);
    elf.symbol("file.c", ElfSymbol.FILE, ElfSymbol.LOCAL, ElfSymbol.ABSOLUTE, 7, 0);
    ElfImage image = elf.build();
    image.putByte(image.contents(1, 2 * 24 + 5), 2);

    List<ElfSymbol> symbols = image.parse().symbols();
    assertEquals(5, symbols.size());
    assertEquals(
        new ElfSymbol(
            2, "second", 16, 8, ElfSymbol.FUNCTION, ElfSymbol.GLOBAL, 2 /* hidden */, code),
        symbols.get(2));
    assertTrue(symbols.get(1).isDefined());
    assertFalse(symbols.get(3).isDefined());
    assertEquals(ElfSymbol.WEAK, symbols.get(3).binding());
    assertFalse(symbols.get(4).isDefined());
    assertEquals(7, symbols.get(4).value());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void relocationsAreRead(ByteOrder order) {
    ElfBuilder elf = new ElfBuilder(order);
    int code = elf.code("xdp", 4);
    int map = elf.variable("map", elf.data(".maps", new byte[32]), 0, 32);
    int table = elf.relocations(".relxdp", code);
    elf.relocation(table, 8, map, ElfRelocation.R_BPF_64_64);
    elf.relocation(table, 24, map, ElfRelocation.R_BPF_64_32);
    ElfObject object = elf.build().parse();
    assertEquals(object.section(code), object.target(object.section(table)));
    assertArrayEquals(
        new ElfRelocation[] {
          new ElfRelocation(8, map, ElfRelocation.R_BPF_64_64),
          new ElfRelocation(24, map, ElfRelocation.R_BPF_64_32)
        },
        object.relocations(object.section(table)));
  }

  @Test
  void anObjectWithoutSymbolTableHasNoSymbols() {
    ElfBuilder elf = new ElfBuilder();
    ElfImage image = elf.build();
    image.putInt(image.header(1, ElfImage.TYPE), ElfSection.PROGBITS);
    assertEquals(List.of(), image.parse().symbols());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void countAndNamesOfManySectionsStandInTheFirstHeader(ByteOrder order) {
    ElfBuilder elf = new ElfBuilder(order);
    elf.code("xdp", 1);
    ElfImage image = elf.build();
    image.putShort(ElfImage.SECTION_COUNT, 0).putLong(image.header(0, ElfImage.SIZE), 4);
    image.putShort(ElfImage.NAMES_INDEX, 0xffff).putInt(image.header(0, ElfImage.LINK), 3);
    ElfObject object = image.parse();
    assertEquals(4, object.sections().size());
    assertEquals("xdp", object.section(2).name());
    assertEquals(0, object.section(0).size(), "describes no section");
  }

  @Test
  void stringsOfASectionAreCopiedOnRequest() {
    ElfBuilder elf = new ElfBuilder();
    int names =
        elf.section("names", ElfSection.STRTAB, 0, "\0one\0".getBytes(StandardCharsets.US_ASCII));
    ElfObject object = elf.build().parse();
    StringTable strings = object.strings(object.section(names));
    assertEquals("one", strings.at(1));
    strings.bytes()[1] = 'O';
    assertEquals("one", strings.at(1));
  }

  @Test
  void placesNameTheirSection() {
    ElfBuilder elf = new ElfBuilder();
    int code = elf.code("xdp", 1);
    ElfObject object = elf.build().parse();
    ElfImage.refuses(
        () -> {
          throw object.place(object.section(code)).malformed(16, "this", "that");
        },
        "section xdp, offset 0x10: this, not that");
    ElfImage.refuses(
        () -> {
          throw object.place(object.section(0)).malformed("this", "that");
        },
        "section without a name: this, not that");
  }

  @Test
  void compiledForTheOtherByteOrderTheSameComesOut() throws IOException {
    ElfObject little = read("xdp1_kern");
    ElfObject big = read("big_endian");
    assertEquals(ByteOrder.LITTLE_ENDIAN, little.order());
    assertEquals(ByteOrder.BIG_ENDIAN, big.order());
    assertEquals(
        little.sections().stream().map(ElfSection::name).toList(),
        big.sections().stream().map(ElfSection::name).toList());
    assertEquals(
        little.symbols().stream().map(ElfSymbol::name).toList(),
        big.symbols().stream().map(ElfSymbol::name).toList());
    assertArrayEquals(relocations(little, ".relxdp"), relocations(big, ".relxdp"));
  }

  private static ElfRelocation[] relocations(ElfObject object, String name) {
    ElfSection table = object.section(name);
    assertNotNull(table, () -> object.sections().toString());
    return object.relocations(table);
  }

  private static ElfObject read(String name) throws IOException {
    return ElfObject.parse(Files.readAllBytes(TestObjects.file(name)), name);
  }
}
