package io.github.bpf4j.error;

/**
 * Bytes that are not a BPF object for this machine: not ELF, another machine's ELF, cut short, or
 * malformed. The message says where, what was found and what was expected. Thrown before libbpf
 * sees the bytes.
 */
public final class BpfObjectFormatException extends BpfException {
  private static final long serialVersionUID = 1L;

  public BpfObjectFormatException(Failure failure) {
    super(failure);
  }
}
