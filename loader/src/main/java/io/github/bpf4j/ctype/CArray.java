package io.github.bpf4j.ctype;

/**
 * An array.
 *
 * @param element the type of each element
 * @param length how many there are; 0 for a flexible array at the end of a struct
 */
public record CArray(CType element, long length) implements CType {
  @Override
  public long size() {
    return element.size() * length;
  }

  /** Such as {@code "int[2][3]"}: the outer length first. */
  @Override
  public String toString() {
    StringBuilder lengths = new StringBuilder();
    CType inner = this;
    while (inner instanceof CArray array) {
      lengths.append('[').append(array.length).append(']');
      inner = array.element;
    }
    return inner + lengths.toString();
  }
}
