package io.github.bpf4j.object;

import io.github.bpf4j.btf.BtfExt;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfRelocation;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.ElfSymbol;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The instructions that libbpf changes. One that loads 64 bits takes two places, and libbpf writes
 * into the second without looking whether it is still inside the function.
 */
final class CodeCheck {
  private static final int LOAD_64_BITS = 0x18;

  private final ElfObject object;
  private final Functions functions;
  private final Map<Integer, BitSet> relocated = new HashMap<>();

  CodeCheck(ElfObject object, Functions functions) {
    this.object = object;
    this.functions = functions;
  }

  /** Checks relocations to symbols, in all sections that libbpf relocates. */
  void checkRelocations() {
    for (ElfSection table : object.sections()) {
      if (table.type() != ElfSection.REL) {
        continue;
      }
      ElfSection target = object.target(table);
      if ((target.flags() & ElfSection.EXECUTE) != 0) {
        checkCode(table, target);
      } else if (Names.isRelocated(table.name()) || Names.isRelocated(".rel" + target.name())) {
        object.relocations(table);
      }
    }
  }

  private void checkCode(ElfSection table, ElfSection target) {
    if (!target.isExecutable()) {
      throw object
          .place(table)
          .malformed(
              "it relocates code of section " + target.name() + ", of type " + target.type(),
              "of type " + ElfSection.PROGBITS);
    }
    ByteBuffer code = object.data(target);
    BitSet seen = relocated.computeIfAbsent(target.index(), _ -> new BitSet());
    for (ElfRelocation relocation : object.relocations(table)) {
      long offset = relocation.offset();
      if (offset % Functions.INSTRUCTION != 0) {
        throw object
            .place(table)
            .malformed("a relocation of byte " + offset, "of an instruction, a multiple of 8");
      }
      int instruction = (int) (offset / Functions.INSTRUCTION);
      if (seen.get(instruction)) {
        throw object
            .place(table)
            .malformed("a second relocation of the instruction at byte " + offset, "one");
      }
      seen.set(instruction);
      checkInstruction(target, code, offset);
    }
  }

  /** Checks relocations to the running kernel's types. */
  void checkRelocations(BtfExt ext, ByteBuffer records) {
    for (BtfExt.Block block : ext.relocations()) {
      ElfSection section = object.section(block.section());
      if (section == null || !section.isExecutable()) {
        continue; // as libbpf, which finds no program there
      }
      ByteBuffer code = object.data(section);
      for (int i = 0; i < block.count(); i++) {
        checkInstruction(section, code, Integer.toUnsignedLong(records.getInt(block.at(i, 0))));
      }
    }
  }

  private void checkInstruction(ElfSection section, ByteBuffer code, long offset) {
    if (code.get((int) offset) != LOAD_64_BITS) {
      return;
    }
    @Nullable ElfSymbol function = functions.at(section, offset);
    if (function == null) {
      return; // libbpf skips it too: the remains of a function that another one replaced
    }
    long end = function.value() + function.size();
    if (offset + 2 * Functions.INSTRUCTION > end) {
      throw object
          .place(section)
          .malformed(
              offset,
              "half an instruction at the end of function " + function.name(),
              "both halves of a load of 64 bits");
    }
  }
}
