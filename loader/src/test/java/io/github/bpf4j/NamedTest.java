package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bpf4j.error.BpfException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Looking things up by name. */
final class NamedTest {
  @Test
  void findsTheOneOfThatName() {
    StringBuilder wanted = new StringBuilder("drop");
    List<StringBuilder> things = List.of(new StringBuilder("pass"), wanted);
    assertSame(wanted, Named.find(things, StringBuilder::toString, "drop", "program", "xdp"));
  }

  @Test
  void anUnknownNameListsThoseThatExist() {
    BpfException unknown = unknown(List.of("pass", "drop"), "Drop");
    assertEquals(
        "cannot find program Drop: object xdp has no program of that name (ENOENT);"
            + " it has: pass, drop",
        unknown.sentence());
    assertEquals(OptionalInt.of(2), unknown.errno());
  }

  @Test
  void whereThereIsNoneItSaysSo() {
    assertEquals(
        "cannot find program drop: object xdp has no program of that name (ENOENT); it has none",
        unknown(List.of(), "drop").sentence());
  }

  private static BpfException unknown(List<String> names, String name) {
    return assertThrows(
        BpfException.class, () -> Named.find(names, Function.identity(), name, "program", "xdp"));
  }
}
