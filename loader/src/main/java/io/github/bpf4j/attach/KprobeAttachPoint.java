package io.github.bpf4j.attach;

/**
 * A function of the kernel: its start, a place in it, or its return.
 *
 * <pre>{@code
 * KprobeAttachPoint.on("do_unlinkat")
 * KprobeAttachPoint.on("do_unlinkat").returning()
 * KprobeAttachPoint.on("vfs_read").offset(0x10).cookie(7)
 * }</pre>
 *
 * <p>Programs are of type {@code KPROBE}, section {@code "kprobe/FUNCTION"} or {@code
 * "kretprobe/FUNCTION"}. Needs CAP_BPF and CAP_PERFMON, and a kernel with CONFIG_KPROBES. Many
 * programs may be on one function. A {@code bpf_link} holds it (kernel 5.15; before, a descriptor
 * that goes with the process all the same).
 *
 * <p>Immutable: each method returns another point.
 */
public final class KprobeAttachPoint implements AttachPoint {
  private final String function;
  private final long offset;
  private final boolean returning;
  private final long cookie;

  private KprobeAttachPoint(String function, long offset, boolean returning, long cookie) {
    this.function = function;
    this.offset = offset;
    this.returning = returning;
    this.cookie = cookie;
  }

  /** The start of a function, as {@code /proc/kallsyms} names it. */
  public static KprobeAttachPoint on(String function) {
    return new KprobeAttachPoint(function, 0, false, 0);
  }

  /** The same so many bytes behind the start, where an instruction begins. */
  public KprobeAttachPoint offset(long newOffset) {
    return new KprobeAttachPoint(function, newOffset, returning, cookie);
  }

  /** The same when the function returns: a kretprobe. */
  public KprobeAttachPoint returning() {
    return new KprobeAttachPoint(function, offset, true, cookie);
  }

  /** The same with a number that {@code bpf_get_attach_cookie()} returns (kernel 5.15). */
  public KprobeAttachPoint cookie(long newCookie) {
    return new KprobeAttachPoint(function, offset, returning, newCookie);
  }

  /** The function. */
  public String function() {
    return function;
  }

  /** Bytes behind its start. */
  public long offset() {
    return offset;
  }

  /** Whether it is when the function returns. */
  public boolean isReturning() {
    return returning;
  }

  /** The number, 0 for none. */
  public long cookie() {
    return cookie;
  }

  /** Such as {@code "kprobe do_unlinkat+0x10"}. */
  @Override
  public String toString() {
    return (returning ? "kretprobe " : "kprobe ")
        + function
        + (offset == 0 ? "" : "+0x" + Long.toHexString(offset));
  }
}
