package io.github.bpf4j.elf;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfObjectFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is let through to libbpf, and why the rest is not. */
final class ElfHeaderTest {
  private static final int SIZE = 64;
  private static final int RELOCATABLE = 1;
  private static final int BPF = 247;

  @Test
  void aBpfObjectOfThisMachinePasses() {
    assertDoesNotThrow(() -> ElfHeader.read(header(ByteOrder.nativeOrder()), "good.o"));
  }

  @Test
  void whatFollowsTheSectionTableIsNotLookedAt() {
    byte[] longer = Arrays.copyOf(header(ByteOrder.nativeOrder()), 10_000);
    assertDoesNotThrow(() -> ElfHeader.read(longer, "long.o"));
  }

  @Test
  void theMachineMayBeLeftOutAsOldCompilersDid() {
    byte[] old = header(ByteOrder.nativeOrder(), RELOCATABLE, 0);
    assertDoesNotThrow(() -> ElfHeader.read(old, "old.o"));
  }

  @Test
  void theSentenceNamesTheObjectAndTheWayOut() {
    BpfObjectFormatException refused = refused(new byte[0]);
    assertEquals(
        "cannot open some.o: it is empty; a BPF object is what clang -target bpf -c makes",
        refused.sentence());
    assertEquals("open", refused.operation());
    assertEquals("some.o", refused.subject());
    assertTrue(refused.errno().isEmpty());
  }

  @Test
  void everyTruncationOfAGoodHeaderIsRefusedWithItsLength() {
    byte[] good = header(ByteOrder.nativeOrder());
    for (int length = 1; length < SIZE; length++) {
      says(Arrays.copyOf(good, length), "not an ELF file: " + length + " bytes");
    }
  }

  @Test
  void textIsRefused() {
    byte[] text = "#include <linux/bpf.h>\n".repeat(5).getBytes(StandardCharsets.UTF_8);
    says(text, "does not start with 7f 45 4c 46");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void eachByteOfTheMagicNumberCounts(int offset) {
    byte[] broken = header(ByteOrder.nativeOrder());
    broken[offset]++;
    says(broken, "not an ELF file");
  }

  @Test
  void a32BitObjectIsRefused() {
    byte[] small = header(ByteOrder.nativeOrder());
    small[4] = 1;
    says(small, "not a 64-bit ELF file: class 1");
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 3, -1})
  void anOddByteOrderIsRefused(byte order) {
    byte[] odd = header(ByteOrder.nativeOrder());
    odd[5] = order;
    says(odd, "neither little nor big: " + order);
  }

  @ParameterizedTest
  @CsvSource({
    "3, x86 (32 bit)",
    "22, s390",
    "40, ARM (32 bit)",
    "62, x86-64",
    "183, AArch64",
    "243, RISC-V",
    "65535, machine 65535"
  })
  void anotherMachinesElfIsRefusedByItsName(int machine, String name) {
    says(header(ByteOrder.nativeOrder(), RELOCATABLE, machine), "an ELF file for " + name + ",");
  }

  @Test
  void anotherMachinesProgramIsRefusedForItsMachine() {
    says(header(ByteOrder.nativeOrder(), 2, 62), "x86-64");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 4, 0xffff})
  void whatIsNotRelocatableIsRefused(int type) {
    byte[] linked = header(ByteOrder.nativeOrder(), type, BPF);
    says(linked, "not a relocatable ELF object: type " + type);
  }

  @Test
  void bothByteOrdersAreRead() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      assertEquals(order, ElfHeader.read(header(order), "some.o").order());
    }
  }

  private static void says(byte[] file, String reason) {
    String sentence = refused(file).sentence();
    assertTrue(sentence.contains(reason), sentence);
    assertTrue(sentence.contains("clang -target bpf"), sentence);
    assertEquals(1, sentence.lines().count());
  }

  private static BpfObjectFormatException refused(byte[] file) {
    return assertThrows(
        BpfObjectFormatException.class, () -> ElfHeader.read(file, "some.o"), "nothing refused");
  }

  private static byte[] header(ByteOrder order) {
    return header(order, RELOCATABLE, BPF);
  }

  private static byte[] header(ByteOrder order, int type, int machine) {
    // With a section table of one section, right behind it.
    return ByteBuffer.allocate(SIZE + 64)
        .putInt(0x7f454c46)
        .put((byte) 2)
        .put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2))
        .put((byte) 1)
        .order(order)
        .putShort(16, (short) type)
        .putShort(18, (short) machine)
        .putLong(40, SIZE)
        .putShort(58, (short) 64)
        .putShort(60, (short) 1)
        .array();
  }
}
