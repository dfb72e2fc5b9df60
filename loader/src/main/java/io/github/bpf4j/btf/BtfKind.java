package io.github.bpf4j.btf;

/**
 * What a BTF type is; the ordinal is the number in the file.
 *
 * <p>What follows the 12 bytes that all types share: {@code extra} bytes once, and {@code entry}
 * bytes as often as the type's vlen says.
 */
public enum BtfKind {
  VOID(0, 0, false),
  INT(4, 0, false),
  PTR(0, 0, true),
  ARRAY(12, 0, false),
  STRUCT(0, 12, false),
  UNION(0, 12, false),
  ENUM(0, 8, false),
  FWD(0, 0, false),
  TYPEDEF(0, 0, true),
  VOLATILE(0, 0, true),
  CONST(0, 0, true),
  RESTRICT(0, 0, true),
  FUNC(0, 0, true),
  FUNC_PROTO(0, 8, true),
  VAR(4, 0, true),
  DATASEC(0, 12, false),
  FLOAT(0, 0, false),
  DECL_TAG(4, 0, true),
  TYPE_TAG(0, 0, true),
  ENUM64(0, 12, false);

  private static final BtfKind[] KINDS = values();

  private final int extra;
  private final int entry;
  private final boolean refers;

  BtfKind(int extra, int entry, boolean refers) {
    this.extra = extra;
    this.entry = entry;
    this.refers = refers;
  }

  /** How many kinds are known. */
  static int count() {
    return KINDS.length;
  }

  static BtfKind of(int number) {
    return KINDS[number];
  }

  /** Bytes that follow once. */
  int extra() {
    return extra;
  }

  /** Bytes of each of the entries that follow. */
  int entry() {
    return entry;
  }

  /** Whether the third word is another type's id rather than a size. */
  public boolean refers() {
    return refers;
  }

  /** Whether it only names or qualifies the type that it refers to. */
  public boolean isModifier() {
    return switch (this) {
      case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> true;
      default -> false;
    };
  }

  public boolean isComposite() {
    return this == STRUCT || this == UNION;
  }

  public boolean isEnum() {
    return this == ENUM || this == ENUM64;
  }
}
