package io.github.bpf4j.attach;

/**
 * A raw tracepoint: the arguments of the kernel's own trace call, without perf in between (kernel
 * 4.17).
 *
 * <pre>{@code
 * RawTracepointAttachPoint.of("sched_switch")
 * }</pre>
 *
 * <p>Programs are of type {@code RAW_TRACEPOINT} or {@code RAW_TRACEPOINT_WRITABLE}, section {@code
 * "raw_tp/NAME"}; for those of {@code "tp_btf/NAME"} see {@link TracingAttachPoint}. Needs CAP_BPF
 * and CAP_PERFMON. Many programs may be on one tracepoint. A {@code bpf_link} holds it.
 *
 * <p>Immutable: each method returns another point.
 */
public final class RawTracepointAttachPoint implements AttachPoint {
  private final String name;
  private final long cookie;

  private RawTracepointAttachPoint(String name, long cookie) {
    this.name = name;
    this.cookie = cookie;
  }

  /**
   * A tracepoint.
   *
   * @param name such as {@code "sched_switch"}, {@code "sys_enter"}
   */
  public static RawTracepointAttachPoint of(String name) {
    return new RawTracepointAttachPoint(name, 0);
  }

  /** The same with a number that {@code bpf_get_attach_cookie()} returns (kernel 6.10). */
  public RawTracepointAttachPoint cookie(long newCookie) {
    return new RawTracepointAttachPoint(name, newCookie);
  }

  /** Such as {@code "sched_switch"}. */
  public String name() {
    return name;
  }

  /** The number, 0 for none. */
  public long cookie() {
    return cookie;
  }

  /** Such as {@code "raw tracepoint sched_switch"}. */
  @Override
  public String toString() {
    return "raw tracepoint " + name;
  }
}
