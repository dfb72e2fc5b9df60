package io.github.bpf4j.object;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfBuilder;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.elf.ElfBuilder;
import io.github.bpf4j.elf.ElfImage;
import io.github.bpf4j.elf.ElfSymbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables that BTF lists for a section must be in it, where BTF or the symbols say. */
final class DataCheckTest {
  private final ElfBuilder elf = new ElfBuilder();
  private final BtfBuilder types = new BtfBuilder();
  private final int base = types.integer("int", 4);

  private byte[] object() {
    elf.data(Btf.SECTION, types.bytes());
    return elf.build().bytes();
  }

  private void passes() {
    byte[] object = object();
    assertDoesNotThrow(() -> ObjectCheck.check(object, "some.o"));
  }

  private void refused(String... parts) {
    byte[] object = object();
    ElfImage.refuses(() -> ObjectCheck.check(object, "some.o"), parts);
  }

  private int variable(String name, int linkage) {
    return types.variable(name, base, linkage);
  }

  @Test
  void asTheLinkerLeavesThemPasses() {
    elf.variable("value", elf.data(".data", new byte[8]), 4, 4);
    types.section(".data", 8, variable("value", BtfType.GLOBAL), 4, 4);
    passes();
  }

  @Test
  void asTheCompilerLeavesThemPasses() {
    elf.variable("value", elf.data(".data", new byte[8]), 4, 4);
    types.section(".data", 0, variable("value", BtfType.GLOBAL), 0, 4);
    passes();
  }

  @Test
  void aVariableBehindTheEndIsRefused() {
    elf.variable("value", elf.data(".data", new byte[8]), 4, 4);
    types.section(".data", 8, variable("value", BtfType.GLOBAL), 5, 4);
    refused(
        "section .BTF: variables of section .data: variable value of 4 bytes at 5",
        "inside the 8 bytes of the section");
  }

  @ParameterizedTest
  @ValueSource(ints = {9, -1, Integer.MIN_VALUE})
  void aVariableLargerThanItsSectionIsRefused(int size) {
    elf.variable("value", elf.data(".data", new byte[8]), 0, 4);
    types.section(".data", 8, variable("value", BtfType.GLOBAL), 0, size);
    refused("variable value of " + Integer.toUnsignedString(size) + " bytes at 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, -4, Integer.MIN_VALUE})
  void anOffsetThatWrapsAroundIsRefused(int offset) {
    elf.variable("value", elf.data(".data", new byte[8]), 0, 4);
    types.section(".data", 8, variable("value", BtfType.GLOBAL), offset, 8);
    refused("variable value of 8 bytes at " + Integer.toUnsignedString(offset));
  }

  @Test
  void theSymbolsPlaceCountsWhereTypesHaveNone() {
    elf.variable("value", elf.data(".data", new byte[8]), 8, 0);
    types.section(".data", 0, variable("value", BtfType.GLOBAL), 0, 4);
    refused("variable value of 4 bytes at 8");
  }

  @Test
  void aSymbolInAnotherSectionIsRefused() {
    elf.data(".data", new byte[8]);
    elf.variable("value", elf.data(".rodata", new byte[16]), 12, 4);
    types.section(".data", 0, variable("value", BtfType.GLOBAL), 0, 4);
    refused("variable value in section .rodata", "in the section that lists it");
  }

  @Test
  void staticVariablesKeepThePlaceOfTheirTypes() {
    elf.symbol("value", ElfSymbol.OBJECT, ElfSymbol.LOCAL, elf.data(".data", new byte[8]), 0, 4);
    types.section(".data", 0, variable("value", BtfType.STATIC), 4, 4);
    passes();
  }

  @Test
  void aSectionThatIsNotThereIsLibbpfsToRefuse() {
    types.section(".data", 8, variable("value", BtfType.GLOBAL), 100, 4);
    passes();
  }

  @Test
  void functionsAreNoData() {
    elf.data(".data", new byte[8]);
    types.section(".data", 8, types.function("f", types.prototype(0), BtfType.EXTERN), 0, 4);
    refused("variables of section .data: FUNC f [3], not a variable");
  }

  @Test
  void functionsOfTheKernelStandInKsyms() {
    types.section(".ksyms", 0, types.function("f", types.prototype(0), BtfType.EXTERN), 0, 4);
    passes();
  }

  @Test
  void everySectionOfANameIsChecked() {
    elf.data(".data", new byte[8]);
    int value = variable("value", BtfType.STATIC);
    types.section(".data", 8, value, 0, 4);
    types.section(".data", 8, value, 6, 4);
    refused("variable value of 4 bytes at 6");
  }

  private void structOps(int size, int... members) {
    elf.data(".struct_ops", new byte[16]);
    int struct = types.struct("ops", size, members);
    int named = types.reference(BtfKind.TYPEDEF, "ops_t", struct);
    types.section(".struct_ops", 16, types.variable("ops", named, BtfType.STATIC), 0, 16);
  }

  @Test
  void structsOfFunctionsPass() {
    structOps(16, 0, base, 0, 0, types.reference(BtfKind.PTR, "", 0), 64);
    passes();
  }

  @ParameterizedTest
  @ValueSource(ints = {17, -1, Integer.MIN_VALUE})
  void aStructLargerThanItsSectionIsRefused(int size) {
    structOps(size, 0, base, 0);
    refused("ops of " + Integer.toUnsignedString(size) + " bytes at 0", "inside the 16 bytes");
  }

  @Test
  void aMemberThatLeavesItsStructIsRefused() {
    structOps(8, 0, base, 0, types.string("last"), base, 40);
    refused("member last of 4 bytes, not inside the struct");
  }

  @Test
  void whatIsNoStructIsRefused() {
    elf.data(".struct_ops.link", new byte[16]);
    int value = types.variable("ops", base, BtfType.STATIC);
    types.section(".struct_ops.link", 16, value, 0, 4);
    refused("section .struct_ops.link: ops of type INT int [1], not a struct");
  }

  /** A map whose definition has one number, as BTF encodes it. */
  private void map(String member, int number) {
    elf.variable("counts", elf.data(".maps", new byte[8]), 0, 8);
    int array = types.array(base, base, number);
    int named = types.reference(BtfKind.TYPEDEF, "number", types.reference(BtfKind.PTR, "", array));
    int definition = types.struct("", 8, types.string(member), named, 0);
    int map = types.variable("counts", definition, BtfType.GLOBAL);
    types.section(".maps", 0, map, 0, 8);
  }

  @Test
  void mapsOfKeysAndValuesPass() {
    map("type", 2);
    passes();
  }

  @Test
  void aMapOfTheTypeOfFunctionsIsRefused() {
    map("type", 26);
    refused("map counts of section .maps has type struct_ops", "in section .struct_ops");
  }

  @Test
  void otherNumbersMayBeTheSame() {
    map("max_entries", 26);
    passes();
  }

  @Test
  void aDefinitionThatIsNoneIsLibbpfsToRefuse() {
    elf.variable("counts", elf.data(".maps", new byte[8]), 0, 8);
    int definition = types.struct("", 8, types.string("type"), base, 0);
    int map = types.variable("counts", definition, BtfType.GLOBAL);
    int other = types.variable("other", base, BtfType.STATIC);
    types.section(".maps", 0, map, 0, 8, other, 0, 4);
    passes();
  }
}
