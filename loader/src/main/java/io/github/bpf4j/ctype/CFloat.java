package io.github.bpf4j.ctype;

/**
 * A floating point number.
 *
 * @param name as the program declares it, such as {@code "double"}
 * @param size bytes: 4 for {@code float}, 8 for {@code double}
 */
public record CFloat(String name, long size) implements CType {
  @Override
  public String toString() {
    return name;
  }
}
