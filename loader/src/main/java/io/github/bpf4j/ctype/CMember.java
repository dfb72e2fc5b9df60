package io.github.bpf4j.ctype;

/**
 * A member of a struct or union.
 *
 * @param name empty for an anonymous struct or union, whose members count as the outer one's
 * @param type its type
 * @param bitOffset where it starts, in bits from the start of the struct
 * @param bitSize bits of a bit-field, 0 for every other member
 */
public record CMember(String name, CType type, long bitOffset, int bitSize) {
  /** Where it starts, in whole bytes from the start of the struct. */
  public long offset() {
    return bitOffset / Byte.SIZE;
  }

  public boolean isBitField() {
    return bitSize > 0;
  }

  /** Such as {@code "__u32 pid"}, {@code "char[16] comm"} or {@code "__u32 flags : 3"}. */
  @Override
  public String toString() {
    return type + (name.isEmpty() ? "" : " " + name) + (isBitField() ? " : " + bitSize : "");
  }
}
