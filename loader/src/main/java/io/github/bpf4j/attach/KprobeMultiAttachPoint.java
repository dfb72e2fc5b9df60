package io.github.bpf4j.attach;

import java.util.List;
import java.util.Optional;

/**
 * Many functions of the kernel at once, in one system call and at the cost of fentry (kernel 5.18,
 * CONFIG_FPROBE).
 *
 * <pre>{@code
 * KprobeMultiAttachPoint.matching("tcp_*")
 * KprobeMultiAttachPoint.of(List.of("vfs_read", "vfs_write")).cookies(List.of(1L, 2L))
 * KprobeMultiAttachPoint.matching("tcp_*").returning()
 * KprobeMultiAttachPoint.matching("tcp_*").session()     // start and return, one program: 6.10
 * }</pre>
 *
 * <p>Programs are of type {@code KPROBE}, section {@code "kprobe.multi/PATTERN"}, {@code
 * "kretprobe.multi/…"} or {@code "kprobe.session/…"} (libbpf 1.5). Needs CAP_BPF and CAP_PERFMON. A
 * {@code bpf_link} holds it.
 *
 * <p>Immutable: each method returns another point.
 */
public final class KprobeMultiAttachPoint implements AttachPoint {
  private final Functions functions;
  private final boolean returning;
  private final boolean session;

  private KprobeMultiAttachPoint(Functions functions, boolean returning, boolean session) {
    this.functions = functions;
    this.returning = returning;
    this.session = session;
  }

  /**
   * All functions of a pattern that can be traced.
   *
   * @param pattern with {@code *} for any characters and {@code ?} for one
   */
  public static KprobeMultiAttachPoint matching(String pattern) {
    return new KprobeMultiAttachPoint(Functions.matching(pattern), false, false);
  }

  /** These functions; attaching fails when one is not there. */
  public static KprobeMultiAttachPoint of(List<String> functions) {
    return new KprobeMultiAttachPoint(Functions.of(functions), false, false);
  }

  /**
   * The same with a number for each function, which {@code bpf_get_attach_cookie()} returns.
   *
   * @throws IllegalArgumentException when they are not as many as the functions
   */
  public KprobeMultiAttachPoint cookies(List<Long> cookies) {
    return new KprobeMultiAttachPoint(functions.cookies(cookies), returning, session);
  }

  /** The same when the functions return. */
  public KprobeMultiAttachPoint returning() {
    return new KprobeMultiAttachPoint(functions, true, false);
  }

  /** The same when they start and when they return (kernel 6.10, libbpf 1.5). */
  public KprobeMultiAttachPoint session() {
    return new KprobeMultiAttachPoint(functions, false, true);
  }

  /** The pattern; empty when the functions are listed. */
  public Optional<String> pattern() {
    return functions.pattern();
  }

  /** The functions; empty when there is a pattern. */
  public List<String> functions() {
    return functions.names();
  }

  /** A number for each function, or none. */
  public List<Long> cookies() {
    return functions.cookies();
  }

  /** Whether it is when they return. */
  public boolean isReturning() {
    return returning;
  }

  /** Whether it is when they start and when they return. */
  public boolean isSession() {
    return session;
  }

  /** Such as {@code "kprobes tcp_*"}. */
  @Override
  public String toString() {
    return (returning ? "kretprobes " : session ? "kprobe sessions " : "kprobes ") + functions;
  }
}
