package io.github.bpf4j.btf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Types of every kind come out of the reader as they were put in, in either byte order. */
final class BtfTest {
  static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

  @ParameterizedTest
  @FieldSource("ORDERS")
  void integersAndFloats(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    int u32 = builder.integer("__u32", 4);
    int real = builder.type(BtfKind.FLOAT, "long double", 0, 16);
    Btf btf = builder.parse();
    BtfType type = btf.type(u32);
    assertEquals(BtfKind.INT, type.kind());
    assertEquals("__u32", type.name());
    assertEquals(4, type.size());
    assertEquals(32, type.integer());
    assertEquals(16, btf.type(real).size());
    assertEquals(3, btf.count());
    assertEquals("INT __u32 [1]", type.toString());
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void namesAndQualifiersAreSkipped(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    int base = builder.integer("int", 4);
    int tag = builder.reference(BtfKind.TYPE_TAG, "user", base);
    int constant = builder.reference(BtfKind.CONST, "", tag);
    int unstable = builder.reference(BtfKind.VOLATILE, "", constant);
    int alone = builder.reference(BtfKind.RESTRICT, "", unstable);
    int named = builder.reference(BtfKind.TYPEDEF, "name", alone);
    int pointer = builder.reference(BtfKind.PTR, "", named);
    Btf btf = builder.parse();
    assertEquals(btf.type(base), btf.type(named).resolved());
    assertEquals(btf.type(alone), btf.type(named).target());
    assertEquals(4, btf.type(named).size());
    assertEquals(btf.type(pointer), btf.type(pointer).resolved());
    assertEquals(8, btf.type(pointer).size());
    assertEquals(base, btf.skipModifiers(named));
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void arraysOfArrays(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    int base = builder.integer("short", 2);
    int row = builder.array(base, base, 3);
    int named = builder.reference(BtfKind.TYPEDEF, "row", row);
    int table = builder.array(named, base, 5);
    int huge = builder.array(builder.array(table, base, 0xffff), base, 0xffffff);
    int endless = builder.array(base, base, -1);
    Btf btf = builder.parse();
    assertEquals(30, btf.type(table).size());
    assertEquals(5, btf.type(table).length());
    assertEquals(btf.type(named), btf.type(table).element());
    assertEquals(-1, btf.type(huge).size(), "more than an object can hold");
    assertEquals(0xffffffffL, btf.type(endless).length(), "unsigned");
    assertEquals(0x1fffffffeL, btf.type(endless).size());
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void membersAndBitfields(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    int base = builder.integer("int", 4);
    int plain =
        builder.struct("plain", 8, builder.string("a"), base, 0, builder.string("b"), base, 32);
    int packed =
        builder.struct("packed", 4, builder.string("low"), base, 3 << 24, 0, base, 29 << 24 | 3);
    int either = builder.composite(BtfKind.UNION, "either", 4, builder.string("c"), base, 0);
    builder.flag(packed);
    Btf btf = builder.parse();
    assertEquals(
        List.of(
            new BtfMember("a", btf.type(base), 0, 0), new BtfMember("b", btf.type(base), 32, 0)),
        btf.type(plain).members());
    assertEquals(
        List.of(
            new BtfMember("low", btf.type(base), 0, 3), new BtfMember("", btf.type(base), 3, 29)),
        btf.type(packed).members());
    assertTrue(btf.type(either).kind().isComposite());
    assertEquals(1, btf.type(either).count());
    assertEquals(8, btf.type(plain).size());
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void enumsOfBothSizesAndSigns(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    int unsigned = builder.type(BtfKind.ENUM, "u", 1, 4, builder.string("ALL"), -1);
    int signed = builder.type(BtfKind.ENUM, "s", 1, 4, builder.string("NONE"), -1);
    int wide =
        builder.type(
            BtfKind.ENUM64, "w", 2, 8, builder.string("BIG"), 1, 2, builder.string("M"), -1, -1);
    builder.flag(signed);
    Btf btf = builder.parse();
    assertEquals(List.of(new BtfEnumerator("ALL", 0xffffffffL)), btf.type(unsigned).enumerators());
    assertEquals(List.of(new BtfEnumerator("NONE", -1)), btf.type(signed).enumerators());
    assertEquals(
        List.of(new BtfEnumerator("BIG", 0x2_0000_0001L), new BtfEnumerator("M", -1)),
        btf.type(wide).enumerators());
    assertEquals(8, btf.type(wide).size());
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void functions(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    int base = builder.integer("int", 4);
    int prototype = builder.prototype(base, builder.string("key"), base, 0, 0);
    int function = builder.function("lookup", prototype, BtfType.EXTERN);
    int tag = builder.type(BtfKind.DECL_TAG, "nullable", 0, function, 1);
    Btf btf = builder.parse();
    assertEquals(BtfType.EXTERN, btf.type(function).linkage());
    assertEquals(0, btf.type(function).count(), "the linkage is no count");
    assertEquals(btf.type(base), btf.type(function).target().target());
    assertEquals(
        List.of(new BtfParameter("key", btf.type(base)), new BtfParameter("", btf.type(0))),
        btf.type(prototype).parameters());
    assertEquals(-1, btf.type(function).size());
    assertEquals(1, btf.type(tag).component());
    assertEquals(btf.type(function), btf.type(tag).target());
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void variablesOfASection(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    int base = builder.integer("int", 4);
    int one = builder.variable("one", base, BtfType.GLOBAL);
    int other = builder.variable("other", base, BtfType.STATIC);
    int section = builder.section(".data", 0x80000008, one, 0, 4, other, 0x80000004, 4);
    Btf btf = builder.parse();
    assertEquals(
        List.of(
            new BtfVariable(btf.type(one), 0, 4), new BtfVariable(btf.type(other), 0x80000004L, 4)),
        btf.type(section).variables());
    assertEquals(0x80000008L, btf.type(section).size());
    assertEquals(BtfType.GLOBAL, btf.type(one).linkage());
    assertEquals(4, btf.type(other).size());
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void forwardsHaveANameAndNoSize(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    int forward = builder.type(BtfKind.FWD, "later", 0, 0);
    Btf btf = builder.parse();
    assertEquals("later", btf.type(forward).name());
    assertEquals(-1, btf.type(forward).size());
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void typesAreFoundByKindAndName(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    builder.type(BtfKind.FWD, "packet", 0, 0);
    int struct = builder.struct("packet", 0);
    builder.struct("packet", 4);
    Btf btf = builder.parse();
    assertEquals(btf.type(struct), btf.find(BtfKind.STRUCT, "packet"));
    assertNull(btf.find(BtfKind.UNION, "packet"));
    assertEquals("packet", btf.strings().at(1));
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void voidIsTypeZero(ByteOrder order) {
    Btf btf = new BtfBuilder(order).parse();
    assertEquals(1, btf.count());
    assertEquals(BtfKind.VOID, btf.type(0).kind());
    assertEquals("void", btf.type(0).name());
    assertEquals(-1, btf.type(0).size());
    assertFalse(btf.contains(1));
    assertFalse(btf.contains(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> btf.type(1));
    assertThrows(IndexOutOfBoundsException.class, () -> btf.type(-1));
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void bytesOfATypeAreACopyInTheSameOrder(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    int base = builder.integer("int", 4);
    int struct = builder.struct("s", 8, 0, base, 0, 0, base, 32);
    Btf btf = builder.parse();
    assertEquals(12 + 2 * 12, btf.bytes(struct).capacity());
    assertEquals(8, btf.bytes(struct).getInt(8));
    btf.bytes(struct).putInt(8, 99);
    assertEquals(8, btf.type(struct).size());
    assertEquals(16, btf.bytes(base).capacity());
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void whatAKindDoesNotHaveIsNotAsked(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    BtfType base = builder.parse().type(0);
    assertThrows(IllegalStateException.class, base::target);
    assertThrows(IllegalStateException.class, base::element);
    assertThrows(IllegalStateException.class, base::length);
    assertThrows(IllegalStateException.class, base::members);
    assertThrows(IllegalStateException.class, base::enumerators);
    assertThrows(IllegalStateException.class, base::parameters);
    assertThrows(IllegalStateException.class, base::variables);
    assertThrows(IllegalStateException.class, base::linkage);
    assertThrows(IllegalStateException.class, base::component);
    assertThrows(IllegalStateException.class, base::integer);
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void typesOfDifferentObjectsDiffer(ByteOrder order) {
    BtfBuilder builder = new BtfBuilder(order);
    builder.integer("int", 4);
    Btf one = builder.parse();
    assertEquals(one.type(1), one.type(1));
    assertEquals(one.type(1).hashCode(), one.type(1).hashCode());
    assertNotEquals(one.type(1), builder.parse().type(1));
    assertNotEquals(one.type(1), one.type(0));
  }
}
