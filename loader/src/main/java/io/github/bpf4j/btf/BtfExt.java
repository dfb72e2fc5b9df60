package io.github.bpf4j.btf;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which code belongs to which types: where functions start, which line of source an instruction
 * came from, which instructions to adjust to the running kernel's types.
 *
 * @param functions records of {@link Kind#FUNCTION}, a block for each section of code
 * @param lines records of {@link Kind#LINE}
 * @param relocations records of {@link Kind#RELOCATION}
 */
public record BtfExt(List<Block> functions, List<Block> lines, List<Block> relocations) {
  /** The section of an object that holds it. */
  public static final String SECTION = ".BTF.ext";

  /** What a record is about; the words of each kind start with the offset of an instruction. */
  public enum Kind {
    /** Instruction offset, type of the function. */
    FUNCTION("func_info", 2),
    /** Instruction offset, file name, source line, line and column. */
    LINE("line_info", 4),
    /** Instruction offset, type, access string, what to relocate. */
    RELOCATION("core_relo", 4);

    private final String label;
    private final int words;

    Kind(String label, int words) {
      this.label = label;
      this.words = words;
    }

    /** The name in the sources of libbpf and the kernel. */
    String label() {
      return label;
    }

    int words() {
      return words;
    }
  }

  /**
   * Records of a section of code.
   *
   * @param kind of all of them
   * @param section the name of the section
   * @param start where the first record stands in {@code .BTF.ext}
   * @param count how many there are
   * @param recordSize from one to the next, in bytes; newer compilers may add to the known words
   */
  public record Block(Kind kind, String section, int start, int count, int recordSize) {
    /** Where a word of a record stands in {@code .BTF.ext}. */
    public int at(int record, int word) {
      return start + record * recordSize + word * Integer.BYTES;
    }
  }

  public BtfExt {
    functions = List.copyOf(functions);
    lines = List.copyOf(lines);
    relocations = List.copyOf(relocations);
  }

  /**
   * Reads and checks the section: sizes, names, and that instructions are in the section of code
   * that they are said to be in.
   *
   * @throws io.github.bpf4j.error.BpfObjectFormatException says where it is malformed
   */
  public static BtfExt parse(ElfObject object, ElfSection section, Btf btf) {
    return new BtfExtReader(object, section, btf).read();
  }

  /** The block of a section of code, or null. */
  public static @Nullable Block of(List<Block> blocks, String section) {
    for (Block block : blocks) {
      if (block.section().equals(section)) {
        return block;
      }
    }
    return null;
  }
}
