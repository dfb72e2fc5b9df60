package io.github.bpf4j.attach;

import java.util.OptionalInt;

/**
 * A static probe that a program or library of user space declares: USDT, {@code DTRACE_PROBE}, what
 * {@code readelf -n} lists as {@code stapsdt}.
 *
 * <pre>{@code
 * UsdtAttachPoint.of("/usr/lib/jvm/default/lib/server/libjvm.so", "hotspot", "gc__begin")
 * UsdtAttachPoint.of("libc.so.6", "libc", "setjmp").pid(311).cookie(7)
 * }</pre>
 *
 * <p>Programs are of type {@code KPROBE}, section {@code "usdt/FILE:PROVIDER:NAME"} or {@code
 * "usdt"}, and include {@code bpf/usdt.bpf.h}. Needs what {@link UprobeAttachPoint} needs. One
 * probe may stand in many places of the file: what holds it is not one {@code bpf_link}, so it
 * cannot be pinned, and it goes with the process.
 *
 * <p>libbpf 1.7 made what it tells the program larger (its {@code struct __bpf_usdt_arg_spec}): an
 * object that was compiled with an older {@code usdt.bpf.h} would read wrong arguments and cookies
 * from 1.7 or newer, and the other way round. Attaching such a pair is refused with a {@link
 * io.github.bpf4j.error.BpfUnsupportedException}.
 *
 * <p>Immutable: each method returns another point.
 */
public final class UsdtAttachPoint implements AttachPoint {
  private final String file;
  private final String provider;
  private final String name;
  private final OptionalInt pid;
  private final long cookie;

  private UsdtAttachPoint(String file, String provider, String name, OptionalInt pid, long cookie) {
    this.file = file;
    this.provider = provider;
    this.name = name;
    this.pid = pid;
    this.cookie = cookie;
  }

  /**
   * A probe.
   *
   * @param file a path, or the name of a library, such as {@code "libc.so.6"}
   */
  public static UsdtAttachPoint of(String file, String provider, String name) {
    return new UsdtAttachPoint(file, provider, name, OptionalInt.empty(), 0);
  }

  /** The same in one process, which runs already. */
  public UsdtAttachPoint pid(int newPid) {
    return new UsdtAttachPoint(file, provider, name, OptionalInt.of(newPid), cookie);
  }

  /** The same with a number that {@code bpf_usdt_cookie()} returns (kernel 5.15). */
  public UsdtAttachPoint cookie(long newCookie) {
    return new UsdtAttachPoint(file, provider, name, pid, newCookie);
  }

  /** The path, or the name of a library. */
  public String file() {
    return file;
  }

  /** Who declares it. */
  public String provider() {
    return provider;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** The only process; empty for all. */
  public OptionalInt pid() {
    return pid;
  }

  /** The number, 0 for none. */
  public long cookie() {
    return cookie;
  }

  /** Such as {@code "usdt libc.so.6:libc:setjmp"}. */
  @Override
  public String toString() {
    return "usdt " + file + ":" + provider + ":" + name;
  }
}
