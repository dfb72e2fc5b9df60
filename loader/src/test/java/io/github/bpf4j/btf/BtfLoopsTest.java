package io.github.bpf4j.btf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who follows a type to its end must come there. */
final class BtfLoopsTest {
  private final BtfBuilder builder = new BtfBuilder();
  private final int base = builder.integer("int", 4);

  @ParameterizedTest
  @EnumSource(names = {"TYPEDEF", "VOLATILE", "CONST", "RESTRICT", "TYPE_TAG"})
  void aNameOfItselfIsRefused(BtfKind kind) {
    int type = builder.reference(kind, "", 2);
    builder.refused("type " + type + " contains itself", "a type that ends");
  }

  @Test
  void aCircleOfNamesIsRefused() {
    builder.reference(BtfKind.TYPEDEF, "a", 3);
    builder.reference(BtfKind.CONST, "", 4);
    builder.reference(BtfKind.TYPEDEF, "c", 2);
    builder.refused("contains itself");
  }

  @Test
  void anArrayOfItselfIsRefused() {
    builder.array(2, base, 3);
    builder.refused("type 2 contains itself");
  }

  @ParameterizedTest
  @EnumSource(names = {"STRUCT", "UNION"})
  void aStructInItselfIsRefused(BtfKind kind) {
    int named = builder.reference(BtfKind.TYPEDEF, "self", 3);
    builder.composite(kind, "s", 16, 0, base, 0, 0, named, 32);
    builder.refused("type 2 contains itself");
  }

  @Test
  void aVariableInItselfIsRefused() {
    builder.variable("v", 2, BtfType.GLOBAL);
    builder.refused("type 2 contains itself");
  }

  @Test
  void aSectionInItselfIsRefusedAsNoVariable() {
    builder.section(".data", 0, 2, 0, 4);
    builder.refused("it refers to type 2, DATASEC");
  }

  @Test
  void pointersMayGoRound() {
    int node = 3;
    int pointer = builder.reference(BtfKind.PTR, "", node);
    builder.struct("node", 8, 0, pointer, 0);
    assertEquals(8, builder.parse().type(node).members().getFirst().type().size());
  }

  @Test
  void prototypesMayGoRoundThroughPointers() {
    int pointer = builder.reference(BtfKind.PTR, "", 3);
    builder.prototype(pointer, 0, pointer);
    builder.passes();
  }

  @Test
  void theSameTypeTwiceIsNoCircle() {
    int inner = builder.struct("inner", 4, 0, base, 0);
    builder.struct("outer", 8, 0, inner, 0, 0, inner, 32);
    builder.passes();
  }

  @Test
  void aLongChainNeedsNoLongStack() {
    int type = base;
    for (int i = 0; i < 100_000; i++) {
      type = builder.reference(BtfKind.TYPEDEF, "", type);
    }
    Btf btf = builder.parse();
    assertEquals(btf.type(base), btf.type(type).resolved());
  }
}
