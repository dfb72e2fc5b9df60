package io.github.bpf4j.ctype;

/**
 * A type of C. {@code toString} gives it as C writes it, without a variable: {@code "char[16]"}.
 *
 * <p>Immutable.
 */
public sealed interface CType permits CArray, CEnum, CFloat, CInt, COpaque, CPointer, CStruct {
  /** Bytes that a value takes; 0 when it takes none, such as a function or an incomplete struct. */
  long size();
}
