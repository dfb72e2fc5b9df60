package io.github.bpf4j.btf;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.Place;
import io.github.bpf4j.elf.StringTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The types of an object, numbered from 1; 0 stands for void. Everything that a type refers to is
 * known to exist, and no type contains itself.
 *
 * <p>Thread safety: immutable, as long as nobody writes to the bytes.
 */
public final class Btf {
  /** The section of an object that holds it. */
  public static final String SECTION = ".BTF";

  /** Bytes that all types share: name, info, and size or type. */
  private static final int HEADER = 12;

  private final ByteBuffer types;
  private final int[] starts;
  private final StringTable strings;

  Btf(ByteBuffer types, int[] starts, StringTable strings) {
    this.types = types;
    this.starts = starts;
    this.strings = strings;
  }

  /**
   * The types of an object.
   *
   * @throws io.github.bpf4j.error.BpfObjectFormatException says where they are malformed
   */
  public static Btf parse(ElfObject object, ElfSection section) {
    return parse(
        object.file(),
        section.offset(),
        (int) section.size(),
        object.order(),
        object.place(section));
  }

  /** Types from bytes that need not be in an object: a file or what the kernel gives. */
  public static Btf parse(byte[] bytes, ByteOrder order, Place place) {
    return parse(bytes, 0, bytes.length, order, place);
  }

  private static Btf parse(byte[] bytes, int start, int size, ByteOrder order, Place place) {
    return new BtfReader(bytes, start, size, order, place).read();
  }

  /** Ids are below this; void is counted. */
  public int count() {
    return starts.length;
  }

  /** Whether there is a type of this id, void or another; it counts as unsigned. */
  public boolean contains(int id) {
    return Integer.compareUnsigned(id, starts.length) < 0;
  }

  /** The type of an id that exists. */
  public BtfType type(int id) {
    return new BtfType(this, id);
  }

  /** The first type of a kind and name, or null. */
  public @Nullable BtfType find(BtfKind kind, String name) {
    for (int id = 1; id < starts.length; id++) {
      if (kind(id) == kind && name(id).equals(name)) {
        return type(id);
      }
    }
    return null;
  }

  public StringTable strings() {
    return strings;
  }

  /** The kind of a type. */
  public BtfKind kind(int id) {
    return id == 0 ? BtfKind.VOID : BtfKind.of(word(id, 1) >>> 24 & 0x1f);
  }

  /** The name of a type; empty when it has none. */
  public String name(int id) {
    return id == 0 ? "void" : strings.at(word(id, 0));
  }

  /** The type behind typedefs, qualifiers and type tags. */
  public int skipModifiers(int id) {
    int current = id;
    while (kind(current).isModifier()) {
      current = word(current, 2);
    }
    return current;
  }

  /** The bytes that a value of a type takes, -1 when it takes none: void, functions, forwards. */
  public long sizeOf(int id) {
    long elements = 1;
    int current = skipModifiers(id);
    while (kind(current) == BtfKind.ARRAY) {
      elements *= Integer.toUnsignedLong(word(current, 5));
      if (elements > Integer.toUnsignedLong(-1)) {
        return -1;
      }
      current = skipModifiers(word(current, 3));
    }
    long size =
        switch (kind(current)) {
          case INT, ENUM, ENUM64, STRUCT, UNION, FLOAT, DATASEC ->
              Integer.toUnsignedLong(word(current, 2));
          case PTR -> Long.BYTES;
          case VAR -> sizeOf(word(current, 2));
          default -> -1;
        };
    return size < 0 ? -1 : elements * size;
  }

  /** A 32-bit word of a type: name, info, size or type, then what its kind adds. */
  int word(int id, int index) {
    return types.getInt(starts[id] + index * Integer.BYTES);
  }

  /** The number of entries that follow a type. */
  int vlen(int id) {
    return id == 0 ? 0 : word(id, 1) & 0xffff;
  }

  /** The bytes of a type, a copy, in the byte order of all. */
  public ByteBuffer bytes(int id) {
    BtfKind kind = kind(id);
    int size = HEADER + kind.extra() + vlen(id) * kind.entry();
    ByteBuffer copy = ByteBuffer.allocate(size).order(types.order());
    return copy.put(0, types, starts[id], copy.capacity());
  }

  /** Where a type starts in the bytes, for exceptions. */
  int start(int id) {
    return starts[id];
  }
}
