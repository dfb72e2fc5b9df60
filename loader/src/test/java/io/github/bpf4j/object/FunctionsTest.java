package io.github.bpf4j.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.bpf4j.elf.ElfBuilder;
import io.github.bpf4j.elf.ElfImage;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSymbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which instruction belongs to which function. */
final class FunctionsTest {
  private final ElfBuilder elf = new ElfBuilder();
  private final int text = elf.code(".text", 8);
  private final int xdp = elf.code("xdp", 8);

  @Test
  void eachInstructionHasItsFunction() {
    elf.function("last", xdp, 24, 40);
    elf.function("first", xdp, 0, 16);
    elf.function("other", text, 0, 8);
    ElfObject object = elf.build().parse();
    Functions functions = Functions.of(object);
    for (int at = 0; at < 64; at += 8) {
      ElfSymbol function = functions.at(object.section(xdp), at);
      String expected = at < 16 ? "first" : at < 24 ? "none" : "last";
      assertEquals(expected, function == null ? "none" : function.name(), "at " + at);
    }
    assertNotNull(functions.at(object.section(text), 0));
    assertNull(functions.at(object.section(text), 8));
    assertNull(functions.at(object.section(text), -8));
    assertNull(functions.at(object.section(xdp), 64));
    assertEquals(3, functions.all().size());
    assertEquals(2, functions.count(object.section(xdp)));
  }

  @Test
  void onlyCodeHasFunctions() {
    int data = elf.data(".data", new byte[16]);
    elf.function("odd", data, 3, 5);
    elf.variable("value", xdp, 1, 1);
    elf.symbol("extern", ElfSymbol.FUNCTION, ElfSymbol.GLOBAL, ElfSymbol.UNDEFINED, 3, 3);
    ElfObject object = elf.build().parse();
    assertEquals(0, Functions.of(object).all().size());
  }

  @ParameterizedTest
  @CsvSource({"4, 8", "8, 12", "8, 0", "1, 1"})
  void partsOfInstructionsAreRefused(long start, long size) {
    elf.function("odd", xdp, start, size);
    refused(
        "section xdp, offset 0x" + Long.toHexString(start),
        "function odd of " + size + " bytes, not whole instructions");
  }

  @Test
  void aFunctionInsideAnotherIsRefused() {
    elf.function("outer", xdp, 0, 32);
    elf.function("inner", xdp, 24, 16);
    refused("section xdp, offset 0x18: function inner starts inside outer, not behind it, at 32");
  }

  @Test
  void theSameStartWithAnotherEndIsRefused() {
    elf.function("one", xdp, 0, 32);
    elf.function("other", xdp, 0, 16);
    refused("starts inside");
  }

  @Test
  void aFunctionMayHaveTwoNamesAndANeighbour() {
    elf.function("one", xdp, 0, 32);
    elf.function("same", xdp, 0, 32);
    elf.function("next", xdp, 32, 32);
    elf.function("elsewhere", text, 16, 32);
    assertEquals(4, Functions.of(elf.build().parse()).all().size());
  }

  private void refused(String... parts) {
    ElfObject object = elf.build().parse();
    ElfImage.refuses(() -> Functions.of(object), parts);
  }
}
