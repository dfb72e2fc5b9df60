package io.github.bpf4j.fuzz;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.fuzz.Mutator.Mutation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Changes to headers, symbols, relocations and instructions. Positions are those of the seed; a
 * change that another one has cut off does nothing.
 */
final class ElfMutations {
  private static final int HEADER = 64;
  private static final int SECTION_TABLE = 40;
  private static final int SECTION_COUNT = 60;
  private static final int NAMES_INDEX = 62;
  private static final int SYMBOL = 24;
  private static final int RELOCATION = 16;
  private static final int INSTRUCTION = 8;

  private final ElfObject seed;
  private final List<ElfSection> sections;
  private final int table;
  private final List<ElfSection> symbolTables;
  private final List<ElfSection> relocations;
  private final List<ElfSection> code;
  private final List<ElfSection> data;

  ElfMutations(ElfObject seed) {
    this.seed = seed;
    this.sections = seed.sections();
    this.table = (int) ByteBuffer.wrap(seed.file()).order(seed.order()).getLong(SECTION_TABLE);
    this.symbolTables = those(section -> section.type() == ElfSection.SYMTAB);
    this.relocations = those(section -> section.type() == ElfSection.REL);
    this.code = those(ElfSection::isExecutable);
    this.data = those(section -> section.hasBytes() && section.type() == ElfSection.PROGBITS);
  }

  private List<ElfSection> those(Predicate<ElfSection> wanted) {
    return sections.stream().filter(section -> section.size() > 0 && wanted.test(section)).toList();
  }

  List<Mutation> all() {
    return List.of(
        this::elfHeader,
        this::sectionWord,
        this::sectionReference,
        this::swapSections,
        this::copySection,
        this::symbolField,
        this::symbolField,
        this::copySymbol,
        this::relocationField,
        this::relocationField,
        this::instruction,
        this::instruction,
        this::swapBytes,
        this::copyBytes);
  }

  private byte[] elfHeader(byte[] object, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> put(object, 2 * random.nextInt(HEADER / 2), Mutator.number(random), Short.BYTES);
      case 1 -> put(object, SECTION_TABLE, Mutator.number(random));
      case 2 -> put(object, SECTION_COUNT, random.nextInt(2 * sections.size()), Short.BYTES);
      default -> put(object, NAMES_INDEX, random.nextInt(2 * sections.size()), Short.BYTES);
    };
  }

  private byte[] sectionWord(byte[] object, SplittableRandom random) {
    int at = table + random.nextInt(sections.size()) * HEADER + 4 * random.nextInt(HEADER / 4);
    return put(object, at, Mutator.number(random));
  }

  /** Name, link or info of a section becomes that of another. */
  private byte[] sectionReference(byte[] object, SplittableRandom random) {
    int at = table + random.nextInt(sections.size()) * HEADER;
    int other = random.nextInt(sections.size());
    return switch (random.nextInt(5)) {
      case 0 -> copy(object, table + other * HEADER, at, 4);
      case 1 -> put(object, at + 4, random.nextInt(12));
      case 2 -> put(object, at + 8, random.nextInt(8));
      case 3 -> put(object, at + 40, other);
      default -> put(object, at + 44, other);
    };
  }

  private byte[] swapSections(byte[] object, SplittableRandom random) {
    int one = table + random.nextInt(sections.size()) * HEADER;
    int other = table + random.nextInt(sections.size()) * HEADER;
    return swap(object, one, other, HEADER);
  }

  private byte[] copySection(byte[] object, SplittableRandom random) {
    int one = table + random.nextInt(sections.size()) * HEADER;
    int other = table + random.nextInt(sections.size()) * HEADER;
    return copy(object, one, other, HEADER);
  }

  private byte[] symbolField(byte[] object, SplittableRandom random) {
    int at = entry(symbolTables, SYMBOL, random);
    if (at < 0 || at + SYMBOL > object.length) {
      return object;
    }
    switch (random.nextInt(7)) {
      case 0 -> object[at + 4] = (byte) (random.nextInt(3) << 4 | random.nextInt(5));
      case 1 -> object[at + 5] = (byte) random.nextInt(4);
      case 2 -> put(object, at + 6, random.nextInt(sections.size()), Short.BYTES);
      case 3 -> put(object, at + 8, Mutator.number(random));
      case 4 -> put(object, at + 16, Mutator.number(random));
      case 5 -> copy(object, entry(symbolTables, SYMBOL, random), at, 4);
      default -> put(object, at + 8, INSTRUCTION * random.nextInt(32));
    }
    return object;
  }

  private byte[] copySymbol(byte[] object, SplittableRandom random) {
    return copy(
        object, entry(symbolTables, SYMBOL, random), entry(symbolTables, SYMBOL, random), SYMBOL);
  }

  private byte[] relocationField(byte[] object, SplittableRandom random) {
    int at = entry(relocations, RELOCATION, random);
    return switch (random.nextInt(4)) {
      case 0 -> put(object, at, Mutator.number(random));
      case 1 -> put(object, at, INSTRUCTION * random.nextInt(64));
      case 2 -> put(object, at + 12, random.nextInt(seed.symbols().size()));
      default ->
          copy(object, entry(relocations, RELOCATION, random), at, random.nextBoolean() ? 8 : 16);
    };
  }

  private byte[] instruction(byte[] object, SplittableRandom random) {
    int at = entry(code, INSTRUCTION, random);
    if (at < 0 || at + INSTRUCTION > object.length) {
      return object;
    }
    switch (random.nextInt(5)) {
      case 0 -> object[at] = (byte) random.nextInt();
      case 1 -> object[at + 1] = (byte) random.nextInt();
      case 2 -> put(object, at + 4, Mutator.number(random));
      // The first half of a load of 64 bits, or a call of a function in the object.
      case 3 -> put(object, at, 0x18 | random.nextInt(6) << 12, Short.BYTES);
      default -> put(object, at, 0x85 | random.nextInt(3) << 12, Short.BYTES);
    }
    return object;
  }

  /** Two pieces of sections that are not code change places. */
  private byte[] swapBytes(byte[] object, SplittableRandom random) {
    return swap(object, entry(data, 4, random), entry(data, 4, random), 4 << random.nextInt(4));
  }

  private byte[] copyBytes(byte[] object, SplittableRandom random) {
    return copy(object, entry(data, 4, random), entry(data, 4, random), 4 << random.nextInt(4));
  }

  /** Where an entry of one of some sections starts, -1 when there is none. */
  private static int entry(List<ElfSection> sections, int size, SplittableRandom random) {
    if (sections.isEmpty()) {
      return -1;
    }
    ElfSection section = sections.get(random.nextInt(sections.size()));
    int count = (int) section.size() / size;
    return count == 0 ? -1 : section.offset() + size * random.nextInt(count);
  }

  private byte[] put(byte[] object, int at, int value) {
    return put(object, at, value, Integer.BYTES);
  }

  private byte[] put(byte[] object, int at, int value, int bytes) {
    if (at < 0 || at + bytes > object.length) {
      return object;
    }
    ByteBuffer buffer = ByteBuffer.wrap(object).order(seed.order());
    if (bytes == Short.BYTES) {
      buffer.putShort(at, (short) value);
    } else {
      buffer.putInt(at, value);
    }
    return object;
  }

  private static byte[] copy(byte[] object, int from, int to, int size) {
    if (from >= 0 && to >= 0 && Math.max(from, to) + size <= object.length) {
      System.arraycopy(object, from, object, to, size);
    }
    return object;
  }

  private static byte[] swap(byte[] object, int one, int other, int size) {
    if (one < 0 || other < 0 || Math.max(one, other) + size > object.length) {
      return object;
    }
    byte[] kept = Arrays.copyOfRange(object, one, one + size);
    System.arraycopy(object, other, object, one, size);
    System.arraycopy(kept, 0, object, other, size);
    return object;
  }
}
