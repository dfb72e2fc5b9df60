package io.github.bpf4j.attach;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Many functions of a program or library at once, in one system call (kernel 6.6, libbpf 1.3).
 *
 * <pre>{@code
 * UprobeMultiAttachPoint.matching("/usr/bin/app", "handle_*")
 * UprobeMultiAttachPoint.of("libc.so.6", List.of("malloc", "free")).cookies(List.of(1L, 2L))
 * }</pre>
 *
 * <p>Programs are of type {@code KPROBE}, section {@code "uprobe.multi/FILE:PATTERN"} or {@code
 * "uretprobe.multi/…"}. Needs CAP_BPF and CAP_PERFMON. A {@code bpf_link} holds it.
 *
 * <p>Immutable: each method returns another point.
 */
public final class UprobeMultiAttachPoint implements AttachPoint {
  private final String file;
  private final Functions functions;
  private final boolean returning;
  private final OptionalInt pid;

  private UprobeMultiAttachPoint(
      String file, Functions functions, boolean returning, OptionalInt pid) {
    this.file = file;
    this.functions = functions;
    this.returning = returning;
    this.pid = pid;
  }

  /**
   * All functions of a pattern.
   *
   * @param file as {@link UprobeAttachPoint#on} takes it
   * @param pattern with {@code *} for any characters and {@code ?} for one
   */
  public static UprobeMultiAttachPoint matching(String file, String pattern) {
    return new UprobeMultiAttachPoint(
        file, Functions.matching(pattern), false, OptionalInt.empty());
  }

  /** These functions; attaching fails when one is not there. */
  public static UprobeMultiAttachPoint of(String file, List<String> functions) {
    return new UprobeMultiAttachPoint(file, Functions.of(functions), false, OptionalInt.empty());
  }

  /**
   * The same with a number for each function, which {@code bpf_get_attach_cookie()} returns.
   *
   * @throws IllegalArgumentException when they are not as many as the functions
   */
  public UprobeMultiAttachPoint cookies(List<Long> cookies) {
    return new UprobeMultiAttachPoint(file, functions.cookies(cookies), returning, pid);
  }

  /** The same when the functions return. */
  public UprobeMultiAttachPoint returning() {
    return new UprobeMultiAttachPoint(file, functions, true, pid);
  }

  /** The same in one process, which runs already. */
  public UprobeMultiAttachPoint pid(int newPid) {
    return new UprobeMultiAttachPoint(file, functions, returning, OptionalInt.of(newPid));
  }

  /** The path, or the name of a library or program. */
  public String file() {
    return file;
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

  /** The only process; empty for all. */
  public OptionalInt pid() {
    return pid;
  }

  /** Such as {@code "uprobes libc.so.6:mem*"}. */
  @Override
  public String toString() {
    return (returning ? "uretprobes " : "uprobes ") + file + ":" + functions;
  }
}
