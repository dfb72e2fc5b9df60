package io.github.bpf4j.btf;

import io.github.bpf4j.btf.BtfExt.Block;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.Place;
import io.github.bpf4j.error.BpfObjectFormatException;
import java.nio.ByteBuffer;

/** Checks the records of a block: the instruction, the type and the strings that they name. */
final class BtfExtCheck {
  private static final int INSTRUCTION = 8;

  private final ElfObject object;
  private final Btf btf;
  private final ByteBuffer data;
  private final Place place;

  BtfExtCheck(ElfObject object, Btf btf, ByteBuffer data, Place place) {
    this.object = object;
    this.btf = btf;
    this.data = data;
    this.place = place;
  }

  void check(Block block) {
    // A section that was stripped after compiling leaves its records behind, which nobody reads.
    ElfSection code = object.section(block.section());
    long end = code == null ? Long.MAX_VALUE : code.size();
    for (int i = 0; i < block.count(); i++) {
      long instruction = Integer.toUnsignedLong(data.getInt(block.at(i, 0)));
      if (instruction % INSTRUCTION != 0 || instruction >= end) {
        throw malformed(
            block,
            i,
            0,
            "instruction at byte " + instruction,
            "a multiple of 8 inside section " + block.section() + " of " + end + " bytes");
      }
      switch (block.kind()) {
        case FUNCTION -> checkFunction(block, i);
        case LINE -> {
          checkString(block, i, 1);
          checkString(block, i, 2);
        }
        case RELOCATION -> checkRelocation(block, i);
      }
    }
  }

  private void checkFunction(Block block, int record) {
    int type = checkType(block, record);
    if (btf.kind(type) != BtfKind.FUNC) {
      throw malformed(
          block, record, 1, "type " + type + ", " + btf.kind(type), "the type of a function");
    }
  }

  private void checkRelocation(Block block, int record) {
    checkType(block, record);
    int access = checkString(block, record, 2);
    if (!isPath(btf.strings().at(access))) {
      throw malformed(
          block,
          record,
          2,
          "access string " + btf.strings().at(access),
          "numbers with colons between, such as 0:1:2");
    }
  }

  private int checkType(Block block, int record) {
    int type = data.getInt(block.at(record, 1));
    if (!btf.contains(type)) {
      throw malformed(
          block, record, 1, "type " + Integer.toUnsignedString(type), "one below " + btf.count());
    }
    return type;
  }

  private int checkString(Block block, int record, int word) {
    int string = data.getInt(block.at(record, word));
    if (!btf.strings().contains(string)) {
      throw malformed(
          block,
          record,
          word,
          "a string at " + Integer.toUnsignedString(string),
          "inside the strings, below " + btf.strings().size());
    }
    return string;
  }

  /** libbpf reads the numbers as signed and takes a negative one for an index. */
  private static boolean isPath(String access) {
    long number = -1;
    for (int i = 0; i < access.length(); i++) {
      char c = access.charAt(i);
      if (c >= '0' && c <= '9') {
        number = Math.max(number, 0) * 10 + (c - '0');
      } else if (c == ':' && number >= 0) {
        number = -1;
      } else {
        return false;
      }
      if (number > Integer.MAX_VALUE) {
        return false;
      }
    }
    return number >= 0;
  }

  private BpfObjectFormatException malformed(
      Block block, int record, int word, String found, String expected) {
    return place.malformed(
        block.at(record, word),
        block.kind().label() + " record " + record + ": " + found,
        expected);
  }
}
