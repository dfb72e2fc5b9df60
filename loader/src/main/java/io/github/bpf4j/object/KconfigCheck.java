package io.github.bpf4j.object;

import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.btf.BtfVariable;
import io.github.bpf4j.elf.Place;

/**
 * Variables that take their values from the kernel's configuration. libbpf marks each as its own,
 * which in what is no variable overwrites the type behind it, and adds up their sizes in an int.
 */
final class KconfigCheck {
  /** Far more than all options of a kernel take, and far from the end of an int. */
  private static final long MOST_BYTES = 1 << 24;

  private final Place place;

  KconfigCheck(Place place) {
    this.place = place;
  }

  void check(BtfType section) {
    long bytes = 0;
    for (BtfVariable entry : section.variables()) {
      BtfType variable = entry.variable();
      if (variable.kind() != BtfKind.VAR) {
        throw malformed(variable.toString(), "a variable");
      }
      BtfType type = variable.target().resolved();
      BtfType scalar = type.kind() == BtfKind.ARRAY ? type.element().resolved() : type;
      if (scalar.kind() != BtfKind.INT && !scalar.kind().isEnum()) {
        throw malformed(
            "variable " + variable.name() + " of type " + type,
            "an integer, an enum or characters");
      }
      // Each may be moved to a multiple of its size, which is 8 at most.
      bytes += type.size() + Long.BYTES;
      if (type.size() < 0 || bytes > MOST_BYTES) {
        throw malformed("more than " + MOST_BYTES + " bytes", "what a configuration holds");
      }
    }
  }

  private RuntimeException malformed(String found, String expected) {
    return place.malformed("variables of section " + Names.KCONFIG + ": " + found, expected);
  }
}
