package io.github.bpf4j.attach;

/**
 * A tracepoint of the kernel, by perf: what {@code /sys/kernel/tracing/events} lists.
 *
 * <pre>{@code
 * TracepointAttachPoint.of("syscalls", "sys_enter_execve")
 * TracepointAttachPoint.of("sched", "sched_switch").cookie(7)
 * }</pre>
 *
 * <p>Programs are of type {@code TRACEPOINT}, section {@code "tp/CATEGORY/NAME"}. Needs CAP_BPF and
 * CAP_PERFMON, and tracefs mounted and readable. Many programs may be on one tracepoint. A {@code
 * bpf_link} holds it (kernel 5.15; before, a descriptor that goes with the process all the same).
 *
 * <p>Immutable: each method returns another point.
 */
public final class TracepointAttachPoint implements AttachPoint {
  private final String category;
  private final String name;
  private final long cookie;

  private TracepointAttachPoint(String category, String name, long cookie) {
    this.category = category;
    this.name = name;
    this.cookie = cookie;
  }

  /**
   * A tracepoint.
   *
   * @param category such as {@code "syscalls"}
   * @param name such as {@code "sys_enter_execve"}
   */
  public static TracepointAttachPoint of(String category, String name) {
    return new TracepointAttachPoint(category, name, 0);
  }

  /** The same with a number that {@code bpf_get_attach_cookie()} returns (kernel 5.15). */
  public TracepointAttachPoint cookie(long newCookie) {
    return new TracepointAttachPoint(category, name, newCookie);
  }

  /** Such as {@code "syscalls"}. */
  public String category() {
    return category;
  }

  /** Such as {@code "sys_enter_execve"}. */
  public String name() {
    return name;
  }

  /** The number, 0 for none. */
  public long cookie() {
    return cookie;
  }

  /** Such as {@code "tracepoint syscalls/sys_enter_execve"}. */
  @Override
  public String toString() {
    return "tracepoint " + category + "/" + name;
  }
}
