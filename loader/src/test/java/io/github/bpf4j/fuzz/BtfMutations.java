package io.github.bpf4j.fuzz;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.fuzz.Mutator.Mutation;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes to types and to what refers to them. The worst are those that stay within bounds: a type
 * that refers to another one than before, a name that belongs to something else.
 */
final class BtfMutations {
  private static final int HEADER = 24;
  private static final int TYPE = 12;

  private final ElfObject seed;
  private final List<Integer> types = new ArrayList<>();
  private final List<Integer> words = new ArrayList<>();
  private int strings;
  private int stringsEnd;

  BtfMutations(ElfObject seed) {
    this.seed = seed;
    ElfSection section = seed.section(Btf.SECTION);
    if (section != null) {
      read(section);
    }
  }

  private void read(ElfSection section) {
    IntBuffer data = seed.data(section).asIntBuffer();
    int from = section.offset() + data.get(1) + data.get(2);
    Btf btf = Btf.parse(seed, section);
    strings = data.get(5);
    stringsEnd = section.offset() + (int) section.size();
    int at = from;
    for (int id = 1; id < btf.count(); id++) {
      types.add(at);
      int size = size(at);
      for (int word = 0; word < size; word += Integer.BYTES) {
        words.add(at + word);
      }
      at += size;
    }
  }

  /** As the format defines it, apart from the reader, which is under test. */
  private int size(int at) {
    int info = ByteBuffer.wrap(seed.file()).order(seed.order()).getInt(at + 4);
    int count = info & 0xffff;
    return TYPE
        + switch (info >>> 24 & 0x1f) {
          case 1, 14, 17 -> 4;
          case 3 -> 12;
          case 4, 5, 15, 19 -> 12 * count;
          case 6, 13 -> 8 * count;
          default -> 0;
        };
  }

  List<Mutation> all() {
    return types.isEmpty()
        ? List.of()
        : List.of(
            this::kind,
            this::count,
            this::reference,
            this::reference,
            this::word,
            this::word,
            this::name,
            this::copyType,
            this::header,
            this::extended,
            this::extended,
            this::accessString);
  }

  private byte[] kind(byte[] object, SplittableRandom random) {
    int at = any(types, random) + 7;
    if (at < object.length) {
      object[at] = (byte) ((object[at] & 0x80) | random.nextInt(21));
    }
    return object;
  }

  private byte[] count(byte[] object, SplittableRandom random) {
    int at = any(types, random) + 4;
    if (at + Short.BYTES <= object.length) {
      int count = random.nextBoolean() ? random.nextInt(4) : random.nextInt(0x10000);
      buffer(object).putShort(at, (short) count);
    }
    return object;
  }

  /** Another type than before, at times the type itself. */
  private byte[] reference(byte[] object, SplittableRandom random) {
    int type = random.nextInt(types.size());
    int target = random.nextInt(4) == 0 ? type + 1 : random.nextInt(types.size() + 2);
    int at = random.nextBoolean() ? types.get(type) + 8 : any(words, random);
    return put(object, at, target);
  }

  private byte[] word(byte[] object, SplittableRandom random) {
    return put(object, any(words, random), Mutator.number(random));
  }

  private byte[] name(byte[] object, SplittableRandom random) {
    return put(object, any(types, random), random.nextInt(strings + 2));
  }

  private byte[] copyType(byte[] object, SplittableRandom random) {
    int from = any(types, random);
    int to = any(types, random);
    if (Math.max(from, to) + TYPE <= object.length) {
      System.arraycopy(object, from, object, to, TYPE);
    }
    return object;
  }

  private byte[] header(byte[] object, SplittableRandom random) {
    String name = random.nextBoolean() ? Btf.SECTION : ".BTF.ext";
    ElfSection section = seed.section(name);
    return section == null
        ? object
        : put(object, section.offset() + 4 * random.nextInt(HEADER / 4), Mutator.number(random));
  }

  private byte[] extended(byte[] object, SplittableRandom random) {
    ElfSection section = seed.section(".BTF.ext");
    if (section == null) {
      return object;
    }
    int at = section.offset() + 4 * random.nextInt((int) section.size() / 4);
    return put(
        object,
        at,
        random.nextBoolean() ? Mutator.number(random) : random.nextInt(types.size() + 2));
  }

  /** A character of a string, which may be a section name or the path of a relocation. */
  private byte[] accessString(byte[] object, SplittableRandom random) {
    int at = stringsEnd - 1 - random.nextInt(strings);
    if (at < object.length) {
      object[at] = (byte) "0123456789:-.\0a_".charAt(random.nextInt(16));
    }
    return object;
  }

  private static int any(List<Integer> positions, SplittableRandom random) {
    return positions.get(random.nextInt(positions.size()));
  }

  private byte[] put(byte[] object, int at, int value) {
    if (at + Integer.BYTES <= object.length) {
      buffer(object).putInt(at, value);
    }
    return object;
  }

  private ByteBuffer buffer(byte[] object) {
    return ByteBuffer.wrap(object).order(seed.order());
  }
}
