package io.github.bpf4j.object;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfBuilder;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.elf.ElfBuilder;
import io.github.bpf4j.elf.ElfImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables that take their values from the kernel's configuration. */
final class KconfigCheckTest {
  private final BtfBuilder types = new BtfBuilder();
  private final int base = types.integer("char", 1);

  private void option(int type) {
    types.section(".kconfig", 0, types.variable("CONFIG_X", type, BtfType.EXTERN), 0, 4);
  }

  private byte[] object() {
    ElfBuilder elf = new ElfBuilder();
    elf.data(Btf.SECTION, types.bytes());
    return elf.build().bytes();
  }

  private void passes() {
    assertDoesNotThrow(() -> ObjectCheck.check(object(), "some.o"));
  }

  private void refused(String... parts) {
    byte[] object = object();
    ElfImage.refuses(() -> ObjectCheck.check(object, "some.o"), parts);
    ElfImage.refuses(
        () -> ObjectCheck.check(object, "some.o"), "section .BTF: variables of section .kconfig: ");
  }

  @Test
  void integersEnumsAndStringsPass() {
    option(types.integer("long", 8));
    option(types.type(BtfKind.ENUM, "libbpf_tristate", 0, 4));
    option(types.reference(BtfKind.CONST, "", types.array(base, base, 64)));
    passes();
  }

  @Test
  void whatIsNoVariableIsRefused() {
    types.section(".kconfig", 0, types.function("f", types.prototype(0), BtfType.EXTERN), 0, 4);
    refused("FUNC f [3], not a variable");
  }

  @Test
  void otherTypesAreRefused() {
    option(types.reference(BtfKind.PTR, "", base));
    refused("variable CONFIG_X of type PTR [2], not an integer, an enum or characters");
  }

  @Test
  void structsAreRefused() {
    option(types.struct("s", 4, 0, base, 0));
    refused("variable CONFIG_X of type STRUCT s [2]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 24, -1, Integer.MAX_VALUE})
  void moreThanAConfigurationHoldsIsRefused(int length) {
    option(types.array(base, base, length));
    refused("more than 16777216 bytes, not what a configuration holds");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void sizesAreAddedUp(int times) {
    int large = types.variable("CONFIG_X", types.array(base, base, 6_000_000), BtfType.EXTERN);
    int[] variables = new int[3 * times];
    for (int i = 0; i < times; i++) {
      variables[3 * i] = large;
    }
    types.section(".kconfig", 0, variables);
    if (times == 2) {
      passes();
    } else {
      refused("more than 16777216 bytes");
    }
  }
}
