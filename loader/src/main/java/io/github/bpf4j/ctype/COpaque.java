package io.github.bpf4j.ctype;

/**
 * A type that has no values of its own: {@code void}, a function, a struct that is only declared.
 *
 * @param name as C writes it
 */
public record COpaque(String name) implements CType {
  @Override
  public long size() {
    return 0;
  }

  @Override
  public String toString() {
    return name;
  }
}
