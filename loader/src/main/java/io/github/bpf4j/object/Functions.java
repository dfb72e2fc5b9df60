package io.github.bpf4j.object;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.ElfSymbol;
import io.github.bpf4j.elf.Place;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of an object by where they stand. libbpf copies each of them into memory of its own
 * and changes instructions there: one that it finds by its place must be wholly inside.
 */
final class Functions {
  static final int INSTRUCTION = 8;

  private final ElfSymbol[] functions;

  private Functions(ElfSymbol[] functions) {
    this.functions = functions;
  }

  /**
   * Finds and checks the functions.
   *
   * @throws io.github.bpf4j.error.BpfObjectFormatException when one has part of an instruction, or
   *     two have some instructions in common but not all
   */
  static Functions of(ElfObject object) {
    ElfSymbol[] found =
        object.symbols().stream()
            .filter(symbol -> symbol.type() == ElfSymbol.FUNCTION && symbol.isDefined())
            .filter(symbol -> object.section(symbol.section()).isExecutable())
            .sorted(Comparator.comparingInt(ElfSymbol::section).thenComparingLong(ElfSymbol::value))
            .toArray(ElfSymbol[]::new);
    for (int i = 0; i < found.length; i++) {
      checkInstructions(object, found[i]);
      if (i > 0) {
        checkApart(object, found[i - 1], found[i]);
      }
    }
    return new Functions(found);
  }

  private static void checkInstructions(ElfObject object, ElfSymbol function) {
    long start = function.value();
    long size = function.size();
    if (start % INSTRUCTION != 0 || size % INSTRUCTION != 0 || size == 0) {
      throw place(object, function)
          .malformed(
              start,
              "function " + function.name() + " of " + size + " bytes",
              "whole instructions");
    }
  }

  private static void checkApart(ElfObject object, ElfSymbol one, ElfSymbol other) {
    // A function may have several names.
    boolean same = one.value() == other.value() && one.size() == other.size();
    if (one.section() == other.section() && !same && other.value() < one.value() + one.size()) {
      throw place(object, other)
          .malformed(
              other.value(),
              "function " + other.name() + " starts inside " + one.name(),
              "behind it, at " + (one.value() + one.size()));
    }
  }

  private static Place place(ElfObject object, ElfSymbol function) {
    return object.place(object.section(function.section()));
  }

  /** All functions by section and place; of several names for one the order is not defined. */
  List<ElfSymbol> all() {
    return List.of(functions);
  }

  /** How many functions a section has. */
  long count(ElfSection section) {
    return Arrays.stream(functions).filter(symbol -> symbol.section() == section.index()).count();
  }

  /** The function that an instruction belongs to, or null. */
  @Nullable ElfSymbol at(ElfSection section, long offset) {
    int low = 0;
    int high = functions.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      ElfSymbol function = functions[middle];
      if (function.section() < section.index()
          || (function.section() == section.index()
              && function.value() + function.size() <= offset)) {
        low = middle + 1;
      } else if (function.section() > section.index() || function.value() > offset) {
        high = middle - 1;
      } else {
        return function;
      }
    }
    return null;
  }
}
