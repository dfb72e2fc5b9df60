package io.github.bpf4j.btf;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.bpf4j.btf.BtfExt.Block;
import io.github.bpf4j.btf.BtfExt.Kind;
import io.github.bpf4j.elf.ElfBuilder;
import io.github.bpf4j.elf.ElfImage;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records about code are read in either byte order; those that lead astray are refused. */
final class BtfExtTest {
  private static final int HEADER = 32;

  /** Record size, section name and count stand before the first record. */
  private static final int RECORD = HEADER + 12;

  private ByteOrder order = ByteOrder.BIG_ENDIAN;
  private BtfBuilder types = new BtfBuilder(order);
  private int function;
  private int section;
  private int path;

  private void types(ByteOrder newOrder) {
    order = newOrder;
    types = new BtfBuilder(order);
    function = types.function("f", types.prototype(0), BtfType.GLOBAL);
    section = types.string("xdp");
    path = types.string("0:12:3");
  }

  BtfExtTest() {
    types(ByteOrder.BIG_ENDIAN);
  }

  private BtfExtBuilder all() {
    return new BtfExtBuilder(order)
        .block(Kind.FUNCTION, section, 0, function)
        .block(Kind.LINE, section, 8, section, 0, 7 << 10)
        .block(Kind.RELOCATION, section, 16, function, path, 0);
  }

  private BtfExtBuilder one(Kind kind) {
    BtfExtBuilder builder = new BtfExtBuilder(order);
    return switch (kind) {
      case FUNCTION -> builder.block(kind, section, 0, function);
      case LINE -> builder.block(kind, section, 8, section, 0, 7 << 10);
      case RELOCATION -> builder.block(kind, section, 16, function, path, 0);
    };
  }

  private ElfObject object(byte[] ext) {
    ElfBuilder elf = new ElfBuilder(order);
    elf.code("xdp", 3);
    elf.data(BtfExt.SECTION, ext);
    return elf.build().parse();
  }

  private BtfExt parse(ElfObject object) {
    ElfSection ext = object.section(3);
    return BtfExt.parse(object, ext, types.parse());
  }

  private void refused(byte[] ext, String... parts) {
    ElfObject object = object(ext);
    ElfImage.refuses(() -> parse(object), parts);
  }

  private void refused(ElfImage ext, String... parts) {
    refused(ext.bytes(), parts);
  }

  private ElfImage image(BtfExtBuilder builder) {
    return new ElfImage(builder.bytes(), order);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordsAreFound(boolean big) {
    types(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    byte[] bytes = all().bytes();
    BtfExt ext = parse(object(bytes));
    assertEquals(List.of(new Block(Kind.FUNCTION, "xdp", RECORD, 1, 8)), ext.functions());
    Block line = ext.lines().getFirst();
    Block relocation = ext.relocations().getFirst();
    assertSame(relocation, BtfExt.of(ext.relocations(), "xdp"));
    assertNull(BtfExt.of(ext.lines(), "tc"));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    assertEquals(function, buffer.getInt(ext.functions().getFirst().at(0, 1)));
    assertEquals(7 << 10, buffer.getInt(line.at(0, 3)));
    assertEquals(16, buffer.getInt(relocation.at(0, 0)));
  }

  @Test
  void severalBlocksOfSeveralRecords() {
    int other = types.string("tc");
    BtfExt ext =
        parse(
            object(
                new BtfExtBuilder(order)
                    .blocks(Kind.FUNCTION, section, 2, 2, 0, function, 8, function)
                    .block(Kind.FUNCTION, other, 800, function)
                    .bytes()));
    assertEquals(
        List.of(
            new Block(Kind.FUNCTION, "xdp", RECORD, 2, 8),
            new Block(Kind.FUNCTION, "tc", RECORD + 16 + 8, 1, 8)),
        ext.functions(),
        "tc was stripped, and its instructions are nowhere");
    assertEquals(List.of(), ext.relocations());
  }

  @Test
  void newerCompilersMayMakeLongerRecords() {
    BtfExtBuilder longer =
        new BtfExtBuilder(order)
            .blocks(Kind.FUNCTION, section, 2, 3, 0, function, 99, 8, function, 99);
    Block block = parse(object(longer.bytes())).functions().getFirst();
    assertEquals(12, block.recordSize());
    assertEquals(RECORD + 12, block.at(1, 0));
  }

  @Test
  void anOldHeaderHasNoRelocations() {
    byte[] bytes = all().bytes();
    byte[] old = new byte[bytes.length - 8];
    System.arraycopy(bytes, 0, old, 0, 24);
    System.arraycopy(bytes, 32, old, 24, bytes.length - 32);
    BtfExt ext = parse(object(new ElfImage(old, order).putInt(4, 24).bytes()));
    assertEquals(List.of(), ext.relocations());
    assertEquals(1, ext.lines().size());
  }

  @Test
  void headersAreChecked() {
    refused(image(all()).resized(23), "section .BTF.ext: 23 bytes, not a header of 24");
    refused(image(all()).putShort(0, 0x9feb), "offset 0x0: it starts with 9feb, not eb9f");
    refused(image(all()).putByte(2, 2), "version 2, flags 0");
    refused(image(all()).putByte(3, 1), "version 1, flags 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 23, 1000, -1, Integer.MIN_VALUE})
  void aHeaderOfImpossibleLengthIsRefused(int length) {
    refused(
        image(all()).putInt(4, length),
        "offset 0x4: a header of " + Integer.toUnsignedString(length) + " bytes");
  }

  @ParameterizedTest
  @CsvSource({"8, func_info", "16, line_info", "24, core_relo"})
  void partsOutsideTheSectionAreRefused(int field, String label) {
    for (int odd : new int[] {1000, -4, Integer.MIN_VALUE}) {
      refused(image(all()).putInt(field, odd), label + " from ", "at a multiple of 4 inside");
      refused(image(all()).putInt(field + 4, odd), label + " from ", "inside the ");
    }
    refused(image(all()).putInt(field, 2).putInt(field + 4, 8), label + " from 34 to 42");
    refused(image(all()).putInt(field + 4, 3), label + " from ");
    assertDoesNotThrow(
        () -> parse(object(image(all()).putInt(field, -1).putInt(field + 4, 0).bytes())));
  }

  @ParameterizedTest
  @EnumSource
  void recordsOfImpossibleSizeAreRefused(Kind kind) {
    int least = 4 * kind.words();
    for (int size : new int[] {0, least - 4, least + 2, 1000, -4, Integer.MIN_VALUE}) {
      refused(
          image(one(kind)).putInt(HEADER, size),
          kind.label() + " records of " + Integer.toUnsignedString(size) + " bytes",
          "a multiple of 4 from " + least);
    }
  }

  @ParameterizedTest
  @EnumSource
  void blocksOfImpossibleLengthAreRefused(Kind kind) {
    for (int count : new int[] {0, 2, -1, Integer.MIN_VALUE, 0x20000001}) {
      refused(
          image(one(kind)).putInt(HEADER + 8, count),
          Integer.toUnsignedString(count) + " records of " + kind.label(),
          "1 to the 1 that fit");
    }
    int field = 8 + 8 * List.of(Kind.values()).indexOf(kind) + 4;
    refused(image(one(kind)).putInt(field, 8), "4 bytes of " + kind.label(), "8 or more");
    refused(image(one(kind)).putInt(HEADER + 4, 999), "a section name at 999");
  }

  @ParameterizedTest
  @EnumSource
  void instructionsMustBeInTheSection(Kind kind) {
    for (int at : new int[] {4, 24, -8, Integer.MIN_VALUE}) {
      refused(
          image(one(kind)).putInt(RECORD, at),
          "offset 0x2c: " + kind.label() + " record 0: instruction at byte ",
          "a multiple of 8 inside section xdp of 24 bytes");
    }
    assertDoesNotThrow(() -> parse(object(image(one(kind)).putInt(RECORD, 16).bytes())));
  }

  @Test
  void functionsHaveTheTypeOfAFunction() {
    refused(image(one(Kind.FUNCTION)).putInt(RECORD + 4, 9), "type 9, not one below 3");
    refused(
        image(one(Kind.FUNCTION)).putInt(RECORD + 4, 1),
        "type 1, FUNC_PROTO, not the type of a function");
    refused(image(one(Kind.FUNCTION)).putInt(RECORD + 4, -1), "type 4294967295");
  }

  @Test
  void linesHaveAFileAndAText() {
    refused(image(one(Kind.LINE)).putInt(RECORD + 4, 999), "offset 0x30", "a string at 999");
    refused(image(one(Kind.LINE)).putInt(RECORD + 8, -1), "a string at 4294967295");
  }

  @Test
  void relocationsHaveATypeAndAPath() {
    refused(image(one(Kind.RELOCATION)).putInt(RECORD + 4, 9), "type 9, not one below 3");
    refused(image(one(Kind.RELOCATION)).putInt(RECORD + 8, 999), "a string at 999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        ":",
        "0:",
        ":0",
        "0::1",
        "-1",
        "0:-1",
        "0 1",
        "0:2147483648",
        "0:99999999999"
      })
  void pathsAreNumbersThatAreIndexes(String odd) {
    path = types.string(odd);
    refused(one(Kind.RELOCATION).bytes(), "access string " + odd, "such as 0:1:2");
  }

  @Test
  void anEmptyPathIsRefused() {
    path = 0;
    refused(one(Kind.RELOCATION).bytes(), "numbers with colons between");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0:0", "10:2147483647:3"})
  void goodPathsPass(String good) {
    path = types.string(good);
    assertDoesNotThrow(() -> parse(object(one(Kind.RELOCATION).bytes())));
  }
}
