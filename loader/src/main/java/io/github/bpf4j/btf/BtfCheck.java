package io.github.bpf4j.btf;

import io.github.bpf4j.elf.Place;
import io.github.bpf4j.error.BpfObjectFormatException;

/** Checks that the words of each type mean something: names, references, sizes. */
final class BtfCheck {
  private static final int HEADER = 3;

  private final Btf btf;
  private final Place place;

  BtfCheck(Btf btf, Place place) {
    this.btf = btf;
    this.place = place;
  }

  void check() {
    for (int id = 1; id < btf.count(); id++) {
      checkName(id, 0);
      check(id, btf.kind(id));
    }
    new BtfLoops(btf, place).check();
  }

  private void check(int id, BtfKind kind) {
    switch (kind) {
      case INT -> checkSize(id, 16);
      case FLOAT -> checkSize(id, 16);
      case ENUM, ENUM64 -> {
        checkSize(id, 8);
        checkNames(id, kind);
      }
      case ARRAY -> {
        checkValue(id, HEADER);
        checkValue(id, HEADER + 1);
      }
      case STRUCT, UNION -> checkMembers(id);
      case FUNC -> checkTarget(id, "a function prototype", BtfKind.FUNC_PROTO);
      case FUNC_PROTO -> {
        checkReference(id, 2);
        checkNames(id, kind);
        for (int i = 0; i < btf.vlen(id); i++) {
          checkReference(id, HEADER + 2 * i + 1);
        }
      }
      case VAR -> checkReference(id, 2);
      case DATASEC -> checkVariables(id);
      case DECL_TAG -> checkTag(id);
      case PTR, TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> checkReference(id, 2);
      case FWD, VOID -> {}
    }
  }

  private void checkMembers(int id) {
    checkNames(id, BtfKind.STRUCT);
    boolean bitfields = btf.word(id, 1) < 0;
    long bits = Integer.toUnsignedLong(btf.word(id, 2)) * Byte.SIZE;
    for (int i = 0; i < btf.vlen(id); i++) {
      int at = HEADER + 3 * i;
      checkValue(id, at + 1);
      int offset = btf.word(id, at + 2);
      long start = bitfields ? offset & 0xffffff : Integer.toUnsignedLong(offset);
      if (start > bits) {
        throw malformed(id, at + 2, "a member at bit " + start, "within " + bits + " bits");
      }
      if (bitfields && offset >>> 24 != 0) {
        checkBitfield(id, at + 1);
      }
    }
  }

  /** Who reads a bitfield divides by the size of its type. */
  private void checkBitfield(int id, int index) {
    int type = btf.word(id, index);
    // Loops are looked for later: a chain longer than there are types is one.
    for (int i = 0; i < btf.count() && btf.kind(type).isModifier(); i++) {
      type = btf.word(type, 2);
      if (!btf.contains(type)) {
        return; // refused where it stands
      }
    }
    BtfKind kind = btf.kind(type);
    if (kind != BtfKind.INT && !kind.isEnum()) {
      throw malformed(id, index, "a bitfield of " + kind, "of an integer or enum");
    }
  }

  private void checkVariables(int id) {
    for (int i = 0; i < btf.vlen(id); i++) {
      // Functions stand there too: those of the kernel that the object calls.
      checkTarget(id, HEADER + 3 * i, "a variable or function", BtfKind.VAR, BtfKind.FUNC);
    }
  }

  private void checkTag(int id) {
    checkReference(id, 2);
    int target = btf.word(id, 2);
    int component = btf.word(id, HEADER);
    if (target == 0) {
      throw malformed(id, 2, "a tag of void", "of a type");
    }
    if (component < -1 || component > 0xffff) {
      throw malformed(id, HEADER, "a tag of part " + component, "-1 or a part of the type");
    }
  }

  private void checkTarget(int id, String expected, BtfKind kind) {
    checkTarget(id, 2, expected, kind, kind);
  }

  private void checkTarget(int id, int index, String expected, BtfKind one, BtfKind other) {
    checkReference(id, index);
    int target = btf.word(id, index);
    BtfKind kind = btf.kind(target);
    if (kind != one && kind != other) {
      throw malformed(id, index, "it refers to type " + target + ", " + kind, expected);
    }
  }

  /** A reference to what has values: anything but void. */
  private void checkValue(int id, int index) {
    checkReference(id, index);
    if (btf.word(id, index) == 0) {
      throw malformed(id, index, "a value of type void", "of a type that has values");
    }
  }

  private void checkReference(int id, int index) {
    int target = btf.word(id, index);
    if (!btf.contains(target)) {
      throw malformed(
          id,
          index,
          "it refers to type " + Integer.toUnsignedString(target),
          "to one below " + btf.count());
    }
  }

  private void checkNames(int id, BtfKind kind) {
    int words = kind.entry() / Integer.BYTES;
    for (int i = 0; i < btf.vlen(id); i++) {
      checkName(id, HEADER + words * i);
    }
  }

  private void checkName(int id, int index) {
    int name = btf.word(id, index);
    if (!btf.strings().contains(name)) {
      throw malformed(
          id,
          index,
          "a name at " + Integer.toUnsignedString(name),
          "inside the strings, below " + btf.strings().size());
    }
  }

  /** Powers of two: who reads a value shifts and divides by its size. */
  private void checkSize(int id, int most) {
    int size = btf.word(id, 2);
    boolean odd = Integer.bitCount(size) != 1;
    // The compiler's 80-bit float takes 10, 12 or 16 bytes.
    boolean extended = btf.kind(id) == BtfKind.FLOAT && (size == 10 || size == 12);
    if ((odd && !extended) || size < 0 || size > most) {
      throw malformed(
          id, 2, "a size of " + Integer.toUnsignedString(size), "a power of two up to " + most);
    }
  }

  private BpfObjectFormatException malformed(int id, int index, String found, String expected) {
    return place.malformed(
        btf.start(id) + (long) index * Integer.BYTES,
        "type " + id + ", " + btf.kind(id) + ": " + found,
        expected);
  }
}
