package io.github.bpf4j.system;

/**
 * BTF of one or two types, in words, whose names are "" and "x" at 0 and 1.
 *
 * @see <a href="https://docs.kernel.org/bpf/btf.html">BPF Type Format</a>
 */
final class Types {
  private static final int X = 1;
  private static final int KIND_SHIFT = 24;
  private static final int KIND_INT = 1 << KIND_SHIFT;
  private static final int KIND_POINTER = 2 << KIND_SHIFT;
  private static final int KIND_FLOAT = 16 << KIND_SHIFT;
  private static final int KIND_TYPE_TAG = 18 << KIND_SHIFT;
  private static final int KIND_ENUM64 = 19 << KIND_SHIFT;
  private static final int FOUR_BYTES = 4;
  private static final int EIGHT_BYTES = 8;
  private static final int BITS = 32;

  /** {@code int x}. */
  static final int[] INT = {X, KIND_INT, FOUR_BYTES, BITS};

  /** {@code float x}. */
  static final int[] FLOAT = {X, KIND_FLOAT, FOUR_BYTES};

  /** A tag on an int, and a pointer to that. */
  static final int[] TYPE_TAG = {
    X, KIND_INT, FOUR_BYTES, BITS, X, KIND_TYPE_TAG, 1, 0, KIND_POINTER, 2
  };

  /** {@code enum x} of 64 bits without constants. */
  static final int[] ENUM64 = {X, KIND_ENUM64, EIGHT_BYTES};

  private Types() {}
}
