package io.github.bpf4j.hook;

/**
 * A program on a hook, attached by this process: what is behind a {@code BpfLink}, whatever the
 * hook and however the kernel holds it.
 */
public interface Attached {
  /**
   * Takes the program off the hook.
   *
   * @return false when it was off already: replaced by another's, or its device gone
   */
  boolean detach();

  /** Whether the program is still on the hook. */
  boolean isAttached();

  /**
   * Lets the program stay on the hook when this is released.
   *
   * @throws IllegalStateException when the kernel would take it off all the same
   */
  void leave();

  /** Gives up what keeps the program's file descriptor alive; once. */
  void release();

  /** Such as {@code "xdp_prog1 on eth0 (native mode)"}. */
  String describe();
}
