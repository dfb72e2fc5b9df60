package io.github.bpf4j.error;

/**
 * A Java type does not match the C type that it was to be bound to. The message's first line says
 * which; {@link #differences} shows both sides.
 */
public final class BpfBindException extends BpfException {
  private static final long serialVersionUID = 1L;

  private final String differences;

  /**
   * @param differences both sides as a table, empty when there is nothing to compare
   */
  public BpfBindException(Failure failure, String differences) {
    super(failure, differences);
    this.differences = differences;
  }

  /**
   * Both sides, a line for each member; lines that do not match start with {@code !}. Empty where
   * the types are no structs.
   */
  public String differences() {
    return differences;
  }
}
