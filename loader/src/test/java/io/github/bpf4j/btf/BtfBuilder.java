package io.github.bpf4j.btf;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.bpf4j.elf.ElfImage;
import io.github.bpf4j.elf.Place;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes BTF for tests, of either byte order and apart from the reader that is under test. Each
 * method adds a type and returns its id; nothing is checked, so that types may be as hostile as
 * they like.
 */
public final class BtfBuilder {
  private static final int HEADER = 24;
  private static final int KIND_FLAG = 1 << 31;

  private final ByteOrder order;
  private final List<int[]> types = new ArrayList<>();
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();

  public BtfBuilder(ByteOrder order) {
    this.order = order;
    strings.write(0);
  }

  /** Types of this machine's byte order. */
  public BtfBuilder() {
    this(ByteOrder.nativeOrder());
  }

  /** Adds a string; its offset. */
  public int string(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    int offset = strings.size();
    strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    strings.write(0);
    return offset;
  }

  /** A type as it stands in the file: words behind name, info, and size or type. */
  @SuppressWarnings("EnumOrdinal") // the number of a kind in the file
  public int type(BtfKind kind, String name, int count, int sizeOrType, int... more) {
    int[] words = new int[3 + more.length];
    words[0] = string(name);
    words[1] = kind.ordinal() << 24 | count;
    words[2] = sizeOrType;
    System.arraycopy(more, 0, words, 3, more.length);
    types.add(words);
    return types.size();
  }

  public int integer(String name, int bytes) {
    return type(BtfKind.INT, name, 0, bytes, bytes * Byte.SIZE);
  }

  /** A pointer, typedef, qualifier, tag or function: what has one other type. */
  public int reference(BtfKind kind, String name, int target) {
    return type(kind, name, 0, target);
  }

  public int array(int element, int index, int length) {
    return type(BtfKind.ARRAY, "", 0, 0, element, index, length);
  }

  /** A struct or union; three words for each member: name, type, bit offset. */
  public int composite(BtfKind kind, String name, int bytes, int... members) {
    return type(kind, name, members.length / 3, bytes, members);
  }

  public int struct(String name, int bytes, int... members) {
    return composite(BtfKind.STRUCT, name, bytes, members);
  }

  public int prototype(int result, int... parameters) {
    return type(BtfKind.FUNC_PROTO, "", parameters.length / 2, result, parameters);
  }

  public int function(String name, int prototype, int linkage) {
    return type(BtfKind.FUNC, name, linkage, prototype);
  }

  public int variable(String name, int type, int linkage) {
    return type(BtfKind.VAR, name, 0, type, linkage);
  }

  /** A section; three words for each variable: type, offset, size. */
  public int section(String name, int bytes, int... variables) {
    return type(BtfKind.DATASEC, name, variables.length / 3, bytes, variables);
  }

  /** Sets the flag that means bitfields in structs, signed in enums, union in forwards. */
  public BtfBuilder flag(int id) {
    types.get(id - 1)[1] |= KIND_FLAG;
    return this;
  }

  /** Overwrites a word of a type. */
  public BtfBuilder set(int id, int word, int value) {
    types.get(id - 1)[word] = value;
    return this;
  }

  /** Where a word of a type is, in what {@link #bytes} makes. */
  public int at(int id, int word) {
    return HEADER
        + types.stream().limit(id - 1L).mapToInt(words -> 4 * words.length).sum()
        + 4 * word;
  }

  /** How long the strings are. */
  public int stringBytes() {
    return strings.size();
  }

  /** The contents of a section {@code .BTF}. */
  public byte[] bytes() {
    int typeBytes = at(types.size() + 1, 0) - HEADER;
    ByteBuffer all =
        ByteBuffer.allocate(HEADER + typeBytes + strings.size())
            .order(order)
            .putShort((short) 0xeb9f)
            .put((byte) 1)
            .put((byte) 0)
            .putInt(HEADER)
            .putInt(0)
            .putInt(typeBytes)
            .putInt(typeBytes)
            .putInt(strings.size());
    for (int[] words : types) {
      for (int word : words) {
        all.putInt(word);
      }
    }
    return all.put(strings.toByteArray()).array();
  }

  public Btf parse() {
    return parse(bytes(), order);
  }

  static Btf parse(byte[] bytes, ByteOrder order) {
    return Btf.parse(bytes, order, new Place("some.o", "section .BTF"));
  }

  /** Checks that reading it is not refused. */
  public void passes() {
    assertNotNull(parse());
  }

  /** Checks that reading it is refused, by a sentence that has all these parts. */
  public void refused(String... parts) {
    ElfImage.refuses(this::parse, parts);
  }

  /** The same with the word of a type as the place. */
  public void refusedAt(int id, int word, String... parts) {
    String place = "section .BTF, offset 0x" + Integer.toHexString(at(id, word)) + ": type " + id;
    refused(place);
    refused(parts);
  }
}
