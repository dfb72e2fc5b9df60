package io.github.bpf4j.ctype;

import java.util.List;

/**
 * An enum.
 *
 * @param name its tag or typedef; empty when it has neither
 * @param size 1, 2, 4 or 8 bytes
 * @param signed whether a constant is negative
 * @param constants in the order of the declaration
 */
public record CEnum(String name, long size, boolean signed, List<Constant> constants)
    implements CType {
  public CEnum {
    constants = List.copyOf(constants);
  }

  /**
   * A constant of an enum.
   *
   * @param value its 64 bits; an unsigned one of 2<sup>63</sup> and more is negative in Java
   */
  public record Constant(String name, long value) {}

  /** Such as {@code "enum state"}. */
  @Override
  public String toString() {
    return name.isEmpty() ? "enum" : "enum " + name;
  }
}
