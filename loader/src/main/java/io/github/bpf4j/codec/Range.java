package io.github.bpf4j.codec;

/** Refuses values that would lose bits. */
final class Range {
  private Range() {}

  static long require(long value, long least, long most, int bytes) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          value
              + " does not fit into "
              + (bytes == 1 ? "1 byte" : bytes + " bytes")
              + ": it must be between "
              + least
              + " and "
              + most);
    }
    return value;
  }
}
