package io.github.bpf4j.attach;

/**
 * A function of another program, which the program replaces (kernel 5.6).
 *
 * <pre>{@code
 * FreplaceAttachPoint.of(dispatcher.program("xdp_dispatcher").fd(), "prog0")
 * }</pre>
 *
 * <p>Programs are of type {@code EXT}, section {@code "freplace/FUNCTION"}, loaded for a program
 * with a function of the same type: {@code OpenBpfProgram.attachTarget}. Where it was loaded for,
 * {@link TracingAttachPoint} attaches it as well. Needs CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN. A
 * {@code bpf_link} holds it.
 *
 * <p>Immutable.
 */
public final class FreplaceAttachPoint implements AttachPoint {
  private final int targetFd;
  private final String function;

  private FreplaceAttachPoint(int targetFd, String function) {
    this.targetFd = targetFd;
    this.function = function;
  }

  /**
   * A function of a program.
   *
   * @param targetFd the descriptor of the program, such as {@code BpfProgram.fd()}; needed until it
   *     is attached
   * @param function a global function of it
   */
  public static FreplaceAttachPoint of(int targetFd, String function) {
    return new FreplaceAttachPoint(targetFd, function);
  }

  /** The descriptor of the program. */
  public int targetFd() {
    return targetFd;
  }

  /** The function. */
  public String function() {
    return function;
  }

  /** Such as {@code "function prog0 of program fd 12"}. */
  @Override
  public String toString() {
    return "function " + function + " of program fd " + targetFd;
  }
}
