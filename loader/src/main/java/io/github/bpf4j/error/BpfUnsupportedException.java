package io.github.bpf4j.error;

/**
 * This kernel, this libbpf or this driver is too old or too new for what was asked; the message
 * names what is needed.
 */
public final class BpfUnsupportedException extends BpfException {
  private static final long serialVersionUID = 1L;

  public BpfUnsupportedException(Failure failure) {
    super(failure);
  }
}
