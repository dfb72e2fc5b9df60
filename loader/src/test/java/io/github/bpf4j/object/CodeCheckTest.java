package io.github.bpf4j.object;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfBuilder;
import io.github.bpf4j.btf.BtfExt;
import io.github.bpf4j.btf.BtfExtBuilder;
import io.github.bpf4j.elf.ElfBuilder;
import io.github.bpf4j.elf.ElfImage;
import io.github.bpf4j.elf.ElfRelocation;
import io.github.bpf4j.elf.ElfSection;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instructions that libbpf changes, and that both halves of them are there. */
final class CodeCheckTest {
  private static final byte LOAD_64_BITS = 0x18;

  private final ElfBuilder elf = new ElfBuilder();
  private int code;
  private int table;
  private int map;

  /** Two functions of two instructions; one of the four begins a load of 64 bits. */
  private void load(int instruction) {
    byte[] instructions = new byte[4 * 8];
    instructions[8 * instruction] = LOAD_64_BITS;
    code =
        elf.section(
            "xdp", ElfSection.PROGBITS, ElfSection.ALLOC | ElfSection.EXECUTE, instructions);
    elf.function("one", code, 0, 16);
    elf.function("other", code, 16, 16);
    map = elf.variable("map", elf.data(".maps", new byte[32]), 0, 32);
    table = elf.relocations(".relxdp", code);
  }

  private void passes() {
    assertDoesNotThrow(() -> ObjectCheck.check(elf.build().bytes(), "some.o"));
  }

  private void refused(String... parts) {
    byte[] object = elf.build().bytes();
    ElfImage.refuses(() -> ObjectCheck.check(object, "some.o"), parts);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aWholeLoadPasses(int instruction) {
    load(instruction);
    elf.relocation(table, 8L * instruction, map, ElfRelocation.R_BPF_64_64);
    passes();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void halfALoadAtTheEndOfAFunctionIsRefused(int instruction) {
    load(instruction);
    passes(); // nobody changes it, and the verifier will tell
    elf.relocation(table, 8L * instruction, map, ElfRelocation.R_BPF_64_64);
    refused(
        "section xdp, offset 0x" + Integer.toHexString(8 * instruction),
        "half an instruction at the end of function " + (instruction == 1 ? "one" : "other"),
        "both halves of a load of 64 bits");
  }

  @Test
  void whatBelongsToNoFunctionIsNotLookedAt() {
    load(0);
    elf.code("tc", 1);
    ElfImage image = elf.build();
    image.putByte(image.contents(table + 1, 0), LOAD_64_BITS);
    assertDoesNotThrow(() -> ObjectCheck.check(image.bytes(), "some.o"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 12})
  void relocationsAreOfWholeInstructions(int offset) {
    load(0);
    elf.relocation(table, offset, map, ElfRelocation.R_BPF_64_64);
    refused("section .relxdp: a relocation of byte " + offset, "a multiple of 8");
  }

  @Test
  void anInstructionIsRelocatedOnce() {
    load(0);
    elf.relocation(table, 0, map, ElfRelocation.R_BPF_64_64);
    elf.relocation(table, 8, map, ElfRelocation.R_BPF_64_64);
    passes();
    int second = elf.relocations(".relxdp", code);
    elf.relocation(second, 8, 0, ElfRelocation.R_BPF_64_64);
    refused("section .relxdp: a second relocation of the instruction at byte 8, not one");
  }

  @ParameterizedTest
  @ValueSource(ints = {ElfSection.NOBITS, ElfSection.STRTAB, 99})
  void codeOfAnotherTypeIsNotRelocated(int type) {
    load(0);
    elf.relocation(table, 0, map, ElfRelocation.R_BPF_64_64);
    ElfImage image = elf.build();
    image.putInt(image.header(code, ElfImage.TYPE), type);
    ElfImage.refuses(
        () -> ObjectCheck.check(image.bytes(), "some.o"),
        "section .relxdp: it relocates code of section xdp, of type " + type);
  }

  @ParameterizedTest
  @ValueSource(strings = {".maps", ".struct_ops", ".struct_ops.link", "?.struct_ops.link"})
  void dataThatLibbpfRelocatesIsChecked(String name) {
    int data = elf.data(name, new byte[16]);
    int relocations = elf.relocations(".rel" + name, data);
    elf.relocation(relocations, 8, 0, ElfRelocation.R_BPF_64_ABS64);
    passes();
    elf.relocation(relocations, 16, 0, ElfRelocation.R_BPF_64_ABS64);
    refused("section .rel" + name + ", offset 0x10: a relocation of byte 16");
  }

  @Test
  void relocationsByAFalseNameAreCheckedToo() {
    int data = elf.data("elsewhere", new byte[16]);
    int relocations = elf.relocations(".rel.maps", data);
    elf.relocation(relocations, 16, 0, ElfRelocation.R_BPF_64_ABS64);
    refused("section .rel.maps, offset 0x0: a relocation of byte 16");
  }

  @Test
  void relocationsThatNobodyReadsAreNotChecked() {
    int data = elf.data(".debug_info", new byte[16]);
    int relocations = elf.relocations(".rel.debug_info", data);
    elf.relocation(relocations, 9999, 77, 99);
    passes();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void relocationsToTypesOfTheKernelAreChecked(int instruction) {
    load(instruction);
    BtfBuilder types = new BtfBuilder();
    int struct = types.struct("task_struct", 0);
    int section = types.string("xdp");
    int path = types.string("0");
    elf.data(Btf.SECTION, types.bytes());
    elf.data(
        BtfExt.SECTION,
        new BtfExtBuilder(ByteOrder.nativeOrder())
            .block(BtfExt.Kind.RELOCATION, section, 8 * instruction, struct, path, 8)
            .bytes());
    if (instruction == 0) {
      passes();
    } else {
      refused("half an instruction at the end of function one");
    }
  }

  @Test
  void relocationsInStrippedSectionsAreNotChecked() {
    load(1);
    BtfBuilder types = new BtfBuilder();
    int struct = types.struct("task_struct", 0);
    int section = types.string("tc");
    int path = types.string("0");
    elf.data(Btf.SECTION, types.bytes());
    elf.data(
        BtfExt.SECTION,
        new BtfExtBuilder(ByteOrder.nativeOrder())
            .block(BtfExt.Kind.RELOCATION, section, 8, struct, path, 8)
            .bytes());
    passes();
  }
}
