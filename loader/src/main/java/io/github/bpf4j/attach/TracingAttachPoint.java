package io.github.bpf4j.attach;

/**
 * Where the program was loaded for: its hook is a type of the kernel's BTF, which the verifier has
 * to know, and so it is settled before {@code load()}, by the section's name or by {@code
 * OpenBpfProgram.attachTarget}.
 *
 * <table>
 * <caption>Sections</caption>
 * <tr><td>{@code "tp_btf/NAME"}</td><td>a raw tracepoint with typed arguments</td></tr>
 * <tr><td>{@code "fentry/FUNCTION"}, {@code "fexit/FUNCTION"}</td>
 *     <td>start and end of a function</td></tr>
 * <tr><td>{@code "fmod_ret/FUNCTION"}</td>
 *     <td>before a function that may be made to fail</td></tr>
 * <tr><td>{@code "lsm/HOOK"}</td><td>a decision of the kernel's security modules (kernel 5.7,
 *     {@code bpf} among the LSMs)</td></tr>
 * <tr><td>{@code "freplace/FUNCTION"}</td><td>the program and function that it was loaded for</td>
 *     </tr>
 * </table>
 *
 * <pre>{@code
 * program.attach(TracingAttachPoint.asLoaded())
 * program.attach(TracingAttachPoint.asLoaded().cookie(7))
 * }</pre>
 *
 * <p>Programs are of type {@code TRACING}, {@code LSM} or {@code EXT}. Needs CAP_BPF and
 * CAP_PERFMON. Many programs may be on one hook, each once, and at most one freplaces a function. A
 * {@code bpf_link} holds it.
 *
 * <p>Immutable: each method returns another point.
 */
public final class TracingAttachPoint implements AttachPoint {
  private final long cookie;

  private TracingAttachPoint(long cookie) {
    this.cookie = cookie;
  }

  /** Where it was loaded for. */
  public static TracingAttachPoint asLoaded() {
    return new TracingAttachPoint(0);
  }

  /**
   * The same with a number that {@code bpf_get_attach_cookie()} returns (kernel 5.19; of {@code
   * tp_btf} 6.10).
   */
  public TracingAttachPoint cookie(long newCookie) {
    return new TracingAttachPoint(newCookie);
  }

  /** The number, 0 for none. */
  public long cookie() {
    return cookie;
  }

  /** {@code "the hook that it was loaded for"}. */
  @Override
  public String toString() {
    return "the hook that it was loaded for";
  }
}
