package io.github.bpf4j.error;

/**
 * A privilege is missing. The hint names what was found to be missing: a capability of this thread,
 * kernel lockdown, or the limit of locked memory.
 */
public final class BpfPermissionException extends BpfException {
  private static final long serialVersionUID = 1L;

  public BpfPermissionException(Failure failure) {
    super(failure);
  }
}
