package io.github.bpf4j.btf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A type of a {@link Btf}. Which of the methods mean something depends on the kind; the others
 * throw.
 */
public final class BtfType {
  /** Linkage of functions and variables. */
  public static final int STATIC = 0;

  public static final int GLOBAL = 1;
  public static final int EXTERN = 2;

  private static final int HEADER = 3;

  private final Btf btf;
  private final int id;

  BtfType(Btf btf, int id) {
    if (!btf.contains(id)) {
      throw new IndexOutOfBoundsException("type " + Integer.toUnsignedString(id));
    }
    this.btf = btf;
    this.id = id;
  }

  public int id() {
    return id;
  }

  public BtfKind kind() {
    return btf.kind(id);
  }

  /** Empty when it has none. */
  public String name() {
    return btf.name(id);
  }

  /** How many members, values, parameters or variables there are. */
  public int count() {
    return kind() == BtfKind.FUNC ? 0 : btf.vlen(id);
  }

  /** The bytes that a value takes, -1 when it takes none. */
  public long size() {
    return btf.sizeOf(id);
  }

  /** The type that it names, qualifies or points to; a function's prototype; a variable's type. */
  public BtfType target() {
    require(kind().refers());
    return btf.type(btf.word(id, 2));
  }

  /** This type without typedefs, qualifiers and type tags around it. */
  public BtfType resolved() {
    return btf.type(btf.skipModifiers(id));
  }

  /** The type of an array's elements. */
  public BtfType element() {
    require(kind() == BtfKind.ARRAY);
    return btf.type(btf.word(id, HEADER));
  }

  /** The number of an array's elements. */
  public long length() {
    require(kind() == BtfKind.ARRAY);
    return Integer.toUnsignedLong(btf.word(id, HEADER + 2));
  }

  /** Members of a struct or union. */
  public List<BtfMember> members() {
    require(kind().isComposite());
    boolean bitfields = btf.word(id, 1) < 0;
    return entries(
        at -> {
          int offset = btf.word(id, at + 2);
          return new BtfMember(
              btf.strings().at(btf.word(id, at)),
              btf.type(btf.word(id, at + 1)),
              bitfields ? offset & 0xffffff : Integer.toUnsignedLong(offset),
              bitfields ? offset >>> 24 : 0);
        });
  }

  /** Values of an enum. */
  public List<BtfEnumerator> enumerators() {
    require(kind().isEnum());
    boolean signed = isSigned();
    boolean wide = kind() == BtfKind.ENUM64;
    return entries(
        at -> {
          int low = btf.word(id, at + 1);
          long narrow = signed ? low : Integer.toUnsignedLong(low);
          long value =
              wide ? Integer.toUnsignedLong(low) | (long) btf.word(id, at + 2) << 32 : narrow;
          return new BtfEnumerator(btf.strings().at(btf.word(id, at)), value);
        });
  }

  /** Whether an enum's values count as signed. */
  public boolean isSigned() {
    require(kind().isEnum());
    return btf.word(id, 1) < 0;
  }

  /** Parameters of a prototype, whose {@link #target} is what it returns. */
  public List<BtfParameter> parameters() {
    require(kind() == BtfKind.FUNC_PROTO);
    return entries(
        at -> new BtfParameter(btf.strings().at(btf.word(id, at)), btf.type(btf.word(id, at + 1))));
  }

  /** Variables of a section. */
  public List<BtfVariable> variables() {
    require(kind() == BtfKind.DATASEC);
    return entries(
        at ->
            new BtfVariable(
                btf.type(btf.word(id, at)),
                Integer.toUnsignedLong(btf.word(id, at + 1)),
                Integer.toUnsignedLong(btf.word(id, at + 2))));
  }

  /** {@link #STATIC}, {@link #GLOBAL} or {@link #EXTERN}, of a function or variable. */
  public int linkage() {
    require(kind() == BtfKind.FUNC || kind() == BtfKind.VAR);
    return kind() == BtfKind.FUNC ? btf.vlen(id) : btf.word(id, HEADER);
  }

  /** Which member or parameter a tag is for, -1 for the whole type. */
  public int component() {
    require(kind() == BtfKind.DECL_TAG);
    return btf.word(id, HEADER);
  }

  /** Encoding, offset and bits of an integer, as BTF packs them. */
  public int integer() {
    require(kind() == BtfKind.INT);
    return btf.word(id, HEADER);
  }

  private <T> List<T> entries(IntFunction<T> entry) {
    int words = kind().entry() / Integer.BYTES;
    int count = count();
    List<T> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(entry.apply(HEADER + i * words));
    }
    return entries;
  }

  private void require(boolean condition) {
    if (!condition) {
      throw new IllegalStateException("asked of " + this);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BtfType type && type.btf == btf && type.id == id;
  }

  @Override
  public int hashCode() {
    return id;
  }

  /** Such as {@code "STRUCT packet [7]"}. */
  @Override
  public String toString() {
    return kind() + (name().isEmpty() ? "" : " " + name()) + " [" + id + "]";
  }
}
