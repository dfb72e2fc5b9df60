package io.github.bpf4j.attach;

/**
 * A system call, whatever this machine names the function behind it: a kprobe on it.
 *
 * <pre>{@code
 * KsyscallAttachPoint.on("unlinkat")
 * KsyscallAttachPoint.on("unlinkat").returning()
 * }</pre>
 *
 * <p>Programs are of type {@code KPROBE}, section {@code "ksyscall/NAME"} or {@code
 * "kretsyscall/NAME"}. Needs what {@link KprobeAttachPoint} needs.
 *
 * <p>Immutable: each method returns another point.
 */
public final class KsyscallAttachPoint implements AttachPoint {
  private final String name;
  private final boolean returning;
  private final long cookie;

  private KsyscallAttachPoint(String name, boolean returning, long cookie) {
    this.name = name;
    this.returning = returning;
    this.cookie = cookie;
  }

  /** A system call, such as {@code "unlinkat"}. */
  public static KsyscallAttachPoint on(String name) {
    return new KsyscallAttachPoint(name, false, 0);
  }

  /** The same when the call returns. */
  public KsyscallAttachPoint returning() {
    return new KsyscallAttachPoint(name, true, cookie);
  }

  /** The same with a number that {@code bpf_get_attach_cookie()} returns (kernel 5.15). */
  public KsyscallAttachPoint cookie(long newCookie) {
    return new KsyscallAttachPoint(name, returning, newCookie);
  }

  /** Such as {@code "unlinkat"}. */
  public String name() {
    return name;
  }

  /** Whether it is when the call returns. */
  public boolean isReturning() {
    return returning;
  }

  /** The number, 0 for none. */
  public long cookie() {
    return cookie;
  }

  /** Such as {@code "system call unlinkat"}. */
  @Override
  public String toString() {
    return (returning ? "return of system call " : "system call ") + name;
  }
}
