package io.github.bpf4j.object;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.github.bpf4j.elf.ElfBuilder;
import io.github.bpf4j.elf.ElfImage;
import io.github.bpf4j.elf.ElfRelocation;
import io.github.bpf4j.elf.ElfSection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How deep functions call each other, which libbpf follows on its stack. */
final class CallCheckTest {
  private static final int EXECUTABLE = ElfSection.ALLOC | ElfSection.EXECUTE;
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private final ElfBuilder elf = new ElfBuilder();

  /** Two instructions: a call with an offset that counts from the next instruction, and exit. */
  private static byte[] call(int offset) {
    return ByteBuffer.allocate(16)
        .order(ByteOrder.nativeOrder())
        .put((byte) 0x85)
        .put((byte) (LITTLE ? 0x10 : 0x01))
        .putShort((short) 0)
        .putInt(offset)
        .put((byte) 0x95)
        .array();
  }

  /** As many functions, each calling the next one, and the last one itself. */
  private int chain(int length) {
    ByteBuffer code = ByteBuffer.allocate(16 * length);
    for (int i = 0; i < length; i++) {
      code.put(call(i + 1 < length ? 1 : -1));
    }
    int text = elf.section(".text", ElfSection.PROGBITS, EXECUTABLE, code.array());
    for (int i = 0; i < length; i++) {
      elf.function("f" + i, text, 16L * i, 16);
    }
    return text;
  }

  private void programThatCalls(int symbol) {
    int code = elf.section("xdp", ElfSection.PROGBITS, EXECUTABLE, call(-1));
    elf.function("program", code, 0, 16);
    elf.relocation(elf.relocations(".relxdp", code), 0, symbol, ElfRelocation.R_BPF_64_32);
  }

  private void passes() {
    assertDoesNotThrow(() -> ObjectCheck.check(elf.build().bytes(), "some.o"));
  }

  private void refused(String... parts) {
    byte[] object = elf.build().bytes();
    ElfImage.refuses(() -> ObjectCheck.check(object, "some.o"), parts);
  }

  @Test
  void theOnlyFunctionMayCallItself() {
    chain(1);
    passes(); // nobody calls it, and it is not loaded
  }

  @Test
  void ofTwoFunctionsEachMayCallItself() {
    chain(2);
    passes(); // the verifier's business, which is asked when a program calls them
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 512, 513, 2000})
  void aChainIsFollowedAsDeepAsAStackGoes(int length) {
    int before = elf.function("unused", elf.code("tc", 2), 0, 16);
    chain(length);
    programThatCalls(before + 1);
    if (length <= 512) {
      passes();
    } else {
      refused(
          "section .text, offset 0x2000: function f512 is called through 512 others",
          "through 7, the most that the kernel allows");
    }
  }

  @Test
  void manyFunctionsPassWhenTheirCallsAreShort() {
    int first = elf.function("unused", elf.code("tc", 2), 0, 16) + 1;
    chain(3000);
    programThatCalls(first + 2995);
    passes();
  }

  @Test
  void callsThatLeadNowhereAreLibbpfsToRefuse() {
    int text = elf.section(".text", ElfSection.PROGBITS, EXECUTABLE, call(Integer.MAX_VALUE));
    elf.function("f", text, 0, 16);
    passes();
  }
}
