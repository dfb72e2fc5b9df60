package io.github.bpf4j.btf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word of a type that names something else must name what is there. */
final class BtfCheckTest {
  private final BtfBuilder builder = new BtfBuilder(ByteOrder.BIG_ENDIAN);
  private final int base = builder.integer("int", 4);

  @ParameterizedTest
  @ValueSource(ints = {-1, 5, Integer.MIN_VALUE})
  void aNameOutsideTheStringsIsRefused(int name) {
    builder
        .set(base, 0, name)
        .refusedAt(
            base,
            0,
            "a name at " + Integer.toUnsignedString(name),
            "below " + builder.stringBytes());
  }

  @ParameterizedTest
  @EnumSource(names = {"PTR", "TYPEDEF", "VOLATILE", "CONST", "RESTRICT", "TYPE_TAG", "VAR"})
  void aReferenceToNoTypeIsRefused(BtfKind kind) {
    int type = kind == BtfKind.VAR ? builder.variable("v", 9, 1) : builder.reference(kind, "", 9);
    builder.refusedAt(type, 2, kind + ": it refers to type 9", "to one below 3");
    builder.set(type, 2, -1).refusedAt(type, 2, "it refers to type 4294967295");
    builder.set(type, 2, type + 1).refusedAt(type, 2, "it refers to type 3");
  }

  @ParameterizedTest
  @EnumSource(names = {"PTR", "TYPEDEF", "VOLATILE", "CONST", "RESTRICT", "TYPE_TAG"})
  void aReferenceToVoidIsFine(BtfKind kind) {
    int type = builder.reference(kind, "", 0);
    assertEquals(BtfKind.VOID, builder.parse().type(type).target().kind());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 32, -1, Integer.MIN_VALUE})
  void sizesOfIntegersArePowersOfTwo(int size) {
    builder
        .set(base, 2, size)
        .refusedAt(
            base, 2, "a size of " + Integer.toUnsignedString(size), "a power of two up to 16");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 10, 12, 16})
  void sizesOfFloats(int size) {
    int real = builder.type(BtfKind.FLOAT, "real", 0, size);
    assertEquals(size, builder.parse().type(real).size());
    builder.set(real, 2, 11).refusedAt(real, 2, "a size of 11");
  }

  @ParameterizedTest
  @EnumSource(names = {"ENUM", "ENUM64"})
  void enumsAreChecked(BtfKind kind) {
    int type =
        kind == BtfKind.ENUM
            ? builder.type(kind, "e", 1, 4, 0, 0)
            : builder.type(kind, "e", 1, 8, 0, 0, 0);
    builder.passes();
    builder.set(type, 2, 16).refusedAt(type, 2, "a size of 16", "up to 8");
    builder.set(type, 2, 8).set(type, 3, 999).refusedAt(type, 3, "a name at 999");
  }

  @Test
  void arraysHaveElementsAndAnIndex() {
    int array = builder.array(base, base, 3);
    builder.set(array, 3, 9).refusedAt(array, 3, "it refers to type 9");
    builder.set(array, 3, 0).refusedAt(array, 3, "a value of type void");
    builder.set(array, 3, base).set(array, 4, 9).refusedAt(array, 4, "it refers to type 9");
    builder.set(array, 4, 0).refusedAt(array, 4, "a value of type void");
  }

  @ParameterizedTest
  @EnumSource(names = {"STRUCT", "UNION"})
  void membersAreChecked(BtfKind kind) {
    int type = builder.composite(kind, "s", 4, 0, base, 0);
    builder.set(type, 3, 999).refusedAt(type, 3, "a name at 999");
    builder.set(type, 3, 0).set(type, 4, 9).refusedAt(type, 4, "it refers to type 9");
    builder.set(type, 4, 0).refusedAt(type, 4, "a value of type void");
    builder.set(type, 4, base).set(type, 5, 33).refusedAt(type, 5, "a member at bit 33");
    builder.set(type, 5, -1).refusedAt(type, 5, "a member at bit 4294967295", "within 32 bits");
    builder.set(type, 5, 32);
    builder.passes(); // an array without length may stand at the end
  }

  @Test
  void bitfieldsAreOfWhatHasBits() {
    int pointer = builder.reference(BtfKind.PTR, "", base);
    int named = builder.reference(BtfKind.TYPEDEF, "bits", base);
    int type = builder.struct("s", 8, 0, named, 3 << 24);
    builder.flag(type);
    builder.passes();
    builder.set(type, 5, 3 << 24 | 65).refusedAt(type, 5, "a member at bit 65", "within 64");
    builder.set(type, 5, 3 << 24).set(type, 4, pointer);
    builder.refusedAt(type, 4, "a bitfield of PTR", "of an integer or enum");
    builder.set(type, 5, 0);
    builder.passes(); // a plain member beside bitfields
  }

  @Test
  void aBitfieldOfNamesThatNeverEndIsRefused() {
    int one = builder.reference(BtfKind.TYPEDEF, "one", 3);
    builder.reference(BtfKind.TYPEDEF, "other", one);
    int type = builder.struct("s", 4, 0, one, 3 << 24);
    builder.flag(type).refused("a bitfield of TYPEDEF");
  }

  @Test
  void aBitfieldOfANameOfNothingIsRefusedWhereTheNameStands() {
    int type = builder.struct("s", 4, 0, 3, 3 << 24);
    int named = builder.reference(BtfKind.TYPEDEF, "named", 9);
    builder.flag(type).refusedAt(named, 2, "it refers to type 9");
  }

  @Test
  void functionsHaveAPrototype() {
    int prototype = builder.prototype(0, 0, base);
    int function = builder.function("f", prototype, 1);
    builder.passes();
    builder.set(function, 2, base);
    builder.refusedAt(function, 2, "it refers to type 1, INT", "a function prototype");
    builder.set(function, 2, 0).refusedAt(function, 2, "it refers to type 0, VOID");
    builder.set(function, 2, 9).refusedAt(function, 2, "it refers to type 9");
  }

  @Test
  void prototypesAreChecked() {
    int prototype = builder.prototype(0, 0, base);
    builder.set(prototype, 2, 9).refusedAt(prototype, 2, "it refers to type 9");
    builder.set(prototype, 2, 0).set(prototype, 3, 999).refusedAt(prototype, 3, "a name at 999");
    builder.set(prototype, 3, 0).set(prototype, 4, 9).refusedAt(prototype, 4, "type 9");
    builder.set(prototype, 4, 0);
    builder.passes(); // f(...)
  }

  @ParameterizedTest
  @EnumSource(
      names = {"VAR", "FUNC", "DATASEC", "FUNC_PROTO", "FWD", "DECL_TAG", "VOID"},
      mode = Mode.EXCLUDE)
  void sectionsHoldVariablesAndFunctions(BtfKind kind) {
    int variable = builder.variable("v", base, BtfType.GLOBAL);
    int function = builder.function("f", builder.prototype(0), BtfType.EXTERN);
    int section = builder.section(".ksyms", 0, variable, 0, 4, function, 0, 0);
    builder.passes();
    int[] more = new int[(kind.extra() + kind.entry()) / 4];
    if (kind == BtfKind.ARRAY) {
      more[0] = more[1] = base;
    } else if (kind.isComposite()) {
      more[1] = base;
    }
    int other = builder.type(kind, "", kind.entry() == 0 ? 0 : 1, kind.refers() ? base : 4, more);
    builder.set(section, 6, other);
    builder.refusedAt(
        section, 6, "it refers to type " + other + ", " + kind, "a variable or function");
  }

  @Test
  void variablesThatAreNotThereAreRefused() {
    int section = builder.section(".data", 0, 9, 0, 4);
    builder.refusedAt(section, 3, "it refers to type 9");
    builder.set(section, 3, 0).refusedAt(section, 3, "it refers to type 0, VOID");
  }

  @Test
  void tagsAreOfATypeAndAPartOfIt() {
    int tag = builder.type(BtfKind.DECL_TAG, "tag", 0, base, -1);
    assertEquals(-1, builder.parse().type(tag).component());
    builder.set(tag, 3, -2).refusedAt(tag, 3, "a tag of part -2");
    builder.set(tag, 3, 0x10000).refusedAt(tag, 3, "a tag of part 65536");
    builder.set(tag, 3, 0).set(tag, 2, 0).refusedAt(tag, 2, "a tag of void");
    builder.set(tag, 2, 9).refusedAt(tag, 2, "it refers to type 9");
  }
}
