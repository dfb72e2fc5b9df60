package io.github.bpf4j.object;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfBuilder;
import io.github.bpf4j.btf.BtfExt;
import io.github.bpf4j.elf.ElfBuilder;
import io.github.bpf4j.elf.ElfImage;
import io.github.bpf4j.elf.ElfSymbol;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before libbpf sees it, and that nothing else is. */
final class ObjectCheckTest {
  private final ElfBuilder elf = new ElfBuilder();

  private void refused(String... parts) {
    byte[] object = elf.build().bytes();
    ElfImage.refuses(() -> ObjectCheck.check(object, "some.o"), parts);
  }

  private void passes() {
    assertDoesNotThrow(() -> ObjectCheck.check(elf.build().bytes(), "some.o"));
  }

  static List<Path> compiled() throws IOException {
    try (Stream<Path> files = Files.list(TestObjects.file("maps").getParent())) {
      return files
          .filter(Files::isRegularFile) // the zoo has a folder of its own
          .filter(file -> !file.toString().contains("big_endian"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("compiled")
  void whatTheCompilerMakesPasses(Path file) throws IOException {
    byte[] object = Files.readAllBytes(file);
    assertDoesNotThrow(() -> ObjectCheck.check(object, file.toString()));
  }

  @Test
  void theSamplePasses() throws IOException {
    byte[] object = Files.readAllBytes(TestObjects.file("xdp1_kern"));
    assertDoesNotThrow(() -> ObjectCheck.check(object, "xdp1_kern"));
  }

  @Test
  void anObjectWithNothingInItPasses() {
    passes();
  }

  @Test
  void theOtherByteOrderIsRefusedByBothNames() {
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    ElfBuilder other = new ElfBuilder(little ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    ElfImage.refuses(
        () -> ObjectCheck.check(other.build().bytes(), "some.o"),
        little
            ? "it is big-endian, this machine is little-endian"
            : "it is little-endian, this machine is big-endian",
        "compile it with clang -target bpf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".BTF",
        ".BTF.ext",
        ".maps",
        ".struct_ops",
        ".struct_ops.link",
        "?.struct_ops",
        "?.struct_ops.link",
        ".addr_space.1",
        ".jumptables",
        ".text",
        "license",
        "version"
      })
  void aSecondSectionOfAMeaningIsRefused(String name) {
    elf.data(name);
    elf.data(name);
    refused("section " + name + ": a second section of that name, not one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xdp", ".data", ".rodata.str1.1", ".relxdp", ""})
  void otherSectionsMayHaveTheSameName(String name) {
    elf.data(name);
    elf.data(name);
    passes();
  }

  @ParameterizedTest
  @ValueSource(strings = {Btf.SECTION, BtfExt.SECTION})
  void typesInASectionOfAnotherTypeAreRefused(String name) {
    elf.zeros(name, 100);
    refused("section " + name + ": a section of type 8, not of type 1");
  }

  @Test
  void typesWithoutATypeAreRefusedByTheReader() {
    elf.data(Btf.SECTION);
    refused("section .BTF: 0 bytes");
  }

  @Test
  void recordsOfCodeNeedTypes() {
    elf.data(BtfExt.SECTION);
    passes(); // as libbpf, which then ignores them
    elf.data(Btf.SECTION, new BtfBuilder().bytes());
    refused("section .BTF.ext: 0 bytes");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 31, 1L << 32, -1, Long.MIN_VALUE})
  void moreZerosThanAMapCanHoldAreRefused(long size) {
    int zeros = elf.zeros(".bss", 1);
    ElfImage image = elf.build();
    image.putLong(image.header(zeros, ElfImage.SIZE), size);
    ElfImage.refuses(
        () -> ObjectCheck.check(image.bytes(), "some.o"),
        "section .bss: " + Long.toUnsignedString(size) + " bytes, not less than 2 GiB");
  }

  @Test
  void manyZerosPass() {
    elf.zeros(".bss", (1L << 31) - 1);
    passes();
  }

  @Test
  void anUndefinedSymbolMayStandOnce() {
    elf.symbol("CONFIG_HZ", ElfSymbol.NOTYPE, ElfSymbol.GLOBAL, ElfSymbol.UNDEFINED, 0, 0);
    elf.symbol("", ElfSymbol.NOTYPE, ElfSymbol.GLOBAL, ElfSymbol.UNDEFINED, 0, 0);
    elf.symbol("", ElfSymbol.NOTYPE, ElfSymbol.GLOBAL, ElfSymbol.UNDEFINED, 0, 0);
    passes();
    elf.symbol("CONFIG_HZ", ElfSymbol.NOTYPE, ElfSymbol.WEAK, ElfSymbol.UNDEFINED, 0, 0);
    refused("symbol table: a second undefined symbol CONFIG_HZ, not one");
  }

  @Test
  void symbolsOfFilesAndLabelsMayRepeat() {
    int code = elf.code("xdp", 2);
    for (int i = 0; i < 2; i++) {
      elf.symbol("LBB0_1", ElfSymbol.NOTYPE, ElfSymbol.LOCAL, code, 8, 0);
      elf.symbol("a.c", ElfSymbol.FILE, ElfSymbol.LOCAL, ElfSymbol.ABSOLUTE, 0, 0);
    }
    passes();
  }
}
