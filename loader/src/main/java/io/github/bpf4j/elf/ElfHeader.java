package io.github.bpf4j.elf;

import io.github.bpf4j.error.BpfObjectFormatException;
import io.github.bpf4j.error.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first bytes of an ELF file, as far as a BPF object needs them.
 *
 * <pre>
 *   offset 0         4      5     6            16       18         20          40
 *          | 7f ELF | class| data| ident ...   | e_type | e_machine | ...       | e_shoff ...
 *                     2=64   1=little            1=REL    247=BPF
 *                            2=big
 * </pre>
 *
 * @param order the byte order of everything that follows
 * @param sections where the section table starts
 * @param sectionCount 0 when the first section header holds it, because it takes more than 16 bits
 * @param namesIndex the section that holds the names of the sections
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
record ElfHeader(ByteOrder order, long sections, int sectionCount, int namesIndex) {
  static final int SECTION_SIZE = 64;

  private static final int SIZE = 64;
  private static final int MAGIC = 0x7f454c46;
  private static final int CLASS = 4;
  private static final int CLASS_64 = 2;
  private static final int DATA = 5;
  private static final int DATA_LITTLE = 1;
  private static final int DATA_BIG = 2;
  private static final int TYPE = 16;
  private static final int TYPE_RELOCATABLE = 1;
  private static final int MACHINE = 18;
  private static final int MACHINE_BPF = 247;
  private static final int SECTIONS = 40;
  private static final int SECTION_ENTRY_SIZE = 58;
  private static final int SECTION_COUNT = 60;
  private static final int NAMES_INDEX = 62;

  /**
   * Reads the header and refuses what is no BPF object.
   *
   * @param name names the object in the exception
   */
  static ElfHeader read(byte[] file, String name) {
    checkIdentity(file, name);
    ByteOrder order = file[DATA] == DATA_LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer header = ByteBuffer.wrap(file).order(order);
    int machine = Short.toUnsignedInt(header.getShort(MACHINE));
    // Old compilers left the machine at 0.
    if (machine != MACHINE_BPF && machine != 0) {
      throw refused(name, "it is an ELF file for " + machineName(machine) + ", not for BPF");
    }
    int type = Short.toUnsignedInt(header.getShort(TYPE));
    if (type != TYPE_RELOCATABLE) {
      throw refused(
          name,
          "it is not a relocatable ELF object: type " + type + " instead of " + TYPE_RELOCATABLE);
    }
    Place place = new Place(name, "ELF header");
    int entrySize = Short.toUnsignedInt(header.getShort(SECTION_ENTRY_SIZE));
    if (entrySize != SECTION_SIZE) {
      throw place.malformed(
          SECTION_ENTRY_SIZE, "section headers of " + entrySize + " bytes", "of " + SECTION_SIZE);
    }
    long sections = header.getLong(SECTIONS);
    if (sections < SIZE || sections > file.length - SECTION_SIZE) {
      throw place.malformed(
          SECTIONS,
          "a section table at 0x" + Long.toHexString(sections),
          "inside the file of 0x" + Integer.toHexString(file.length) + " bytes");
    }
    return new ElfHeader(
        order,
        sections,
        Short.toUnsignedInt(header.getShort(SECTION_COUNT)),
        Short.toUnsignedInt(header.getShort(NAMES_INDEX)));
  }

  private static void checkIdentity(byte[] file, String name) {
    if (file.length == 0) {
      throw refused(name, "it is empty");
    }
    if (file.length < SIZE) {
      throw refused(
          name, "it is not an ELF file: " + file.length + " bytes, an ELF header has " + SIZE);
    }
    if (ByteBuffer.wrap(file).getInt(0) != MAGIC) {
      throw refused(name, "it is not an ELF file: it does not start with 7f 45 4c 46");
    }
    if (file[CLASS] != CLASS_64) {
      throw refused(
          name, "it is not a 64-bit ELF file: class " + file[CLASS] + " instead of " + CLASS_64);
    }
    if (file[DATA] != DATA_LITTLE && file[DATA] != DATA_BIG) {
      throw refused(name, "its ELF byte order is neither little nor big: " + file[DATA]);
    }
  }

  private static BpfObjectFormatException refused(String name, String reason) {
    return new BpfObjectFormatException(
        Failure.of("open", name, reason).hint("a BPF object is what clang -target bpf -c makes"));
  }

  private static String machineName(int machine) {
    return switch (machine) {
      case 3 -> "x86 (32 bit)";
      case 22 -> "s390";
      case 40 -> "ARM (32 bit)";
      case 62 -> "x86-64";
      case 183 -> "AArch64";
      case 243 -> "RISC-V";
      default -> "machine " + machine;
    };
  }
}
