package io.github.bpf4j.attach;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A place in a program or library of user space: the start of a function, an instruction, or a
 * function's return.
 *
 * <pre>{@code
 * UprobeAttachPoint.on("/usr/bin/bash").function("readline").returning()
 * UprobeAttachPoint.on("libc.so.6").function("malloc").pid(311)
 * UprobeAttachPoint.on("/usr/bin/app").offset(0x11a0)
 * }</pre>
 *
 * <p>Programs are of type {@code KPROBE}, section {@code "uprobe/FILE:FUNCTION"} or {@code
 * "uretprobe/…"}. Needs CAP_BPF and CAP_PERFMON (before kernel 6.5 CAP_SYS_ADMIN). Many programs
 * may be on one place. A {@code bpf_link} holds it (kernel 5.15; before, a descriptor that goes
 * with the process all the same).
 *
 * <p>Immutable: each method returns another point.
 */
public final class UprobeAttachPoint implements AttachPoint {
  private final String file;
  private final Optional<String> function;
  private final long offset;
  private final boolean returning;
  private final OptionalInt pid;
  private final long counter;
  private final long cookie;

  private UprobeAttachPoint(
      String file,
      Optional<String> function,
      long offset,
      boolean returning,
      OptionalInt pid,
      long counter,
      long cookie) {
    this.file = file;
    this.function = function;
    this.offset = offset;
    this.returning = returning;
    this.pid = pid;
    this.counter = counter;
    this.cookie = cookie;
  }

  /**
   * A file; {@link #function} or {@link #offset} says where in it.
   *
   * @param file a path, or a name without slashes: of a library, such as {@code "libc.so.6"}, or of
   *     a program on the PATH
   */
  public static UprobeAttachPoint on(String file) {
    return new UprobeAttachPoint(file, Optional.empty(), 0, false, OptionalInt.empty(), 0, 0);
  }

  /**
   * The same at a function.
   *
   * @param newFunction as {@code nm} or {@code nm -D} names it, with or without a version ({@code
   *     "malloc"}, {@code "memcpy@GLIBC_2.14"})
   */
  public UprobeAttachPoint function(String newFunction) {
    return new UprobeAttachPoint(
        file, Optional.of(newFunction), offset, returning, pid, counter, cookie);
  }

  /** The same so many bytes behind the function's start, or behind the file's without function. */
  public UprobeAttachPoint offset(long newOffset) {
    return new UprobeAttachPoint(file, function, newOffset, returning, pid, counter, cookie);
  }

  /** The same when the function returns: a uretprobe. */
  public UprobeAttachPoint returning() {
    return new UprobeAttachPoint(file, function, offset, true, pid, counter, cookie);
  }

  /** The same in one process, which runs already. */
  public UprobeAttachPoint pid(int newPid) {
    return new UprobeAttachPoint(
        file, function, offset, returning, OptionalInt.of(newPid), counter, cookie);
  }

  /**
   * The same, counting the probes on it in a semaphore: 16 bits of the process's memory that tell
   * it to compute what the probe wants to see (kernel 4.20).
   *
   * @param fileOffset where in the file the semaphore is
   */
  public UprobeAttachPoint counter(long fileOffset) {
    return new UprobeAttachPoint(file, function, offset, returning, pid, fileOffset, cookie);
  }

  /** The same with a number that {@code bpf_get_attach_cookie()} returns (kernel 5.15). */
  public UprobeAttachPoint cookie(long newCookie) {
    return new UprobeAttachPoint(file, function, offset, returning, pid, counter, newCookie);
  }

  /** The path, or the name of a library or program. */
  public String file() {
    return file;
  }

  /** The function. */
  public Optional<String> function() {
    return function;
  }

  /** Bytes behind the start of the function, or of the file. */
  public long offset() {
    return offset;
  }

  /** Whether it is when the function returns. */
  public boolean isReturning() {
    return returning;
  }

  /** The only process; empty for all. */
  public OptionalInt pid() {
    return pid;
  }

  /** Where in the file the semaphore is, 0 for none. */
  public long counter() {
    return counter;
  }

  /** The number, 0 for none. */
  public long cookie() {
    return cookie;
  }

  /** Such as {@code "uprobe libc.so.6:malloc"} or {@code "uretprobe /usr/bin/app:0x11a0"}. */
  @Override
  public String toString() {
    String hex = "0x" + Long.toHexString(offset);
    String place = function.map(name -> offset == 0 ? name : name + "+" + hex).orElse(hex);
    return (returning ? "uretprobe " : "uprobe ") + file + ":" + place;
  }
}
