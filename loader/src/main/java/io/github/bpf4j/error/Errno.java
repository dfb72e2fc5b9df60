package io.github.bpf4j.error;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Names and texts of Linux error numbers, and of those that libbpf adds ({@code
 * LIBBPF_ERRNO__START} 4000 and up). The numbers are those of asm-generic, which x86, arm64, riscv
 * and s390 share.
 *
 * <p>Thread safety: all methods may be called from any thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int ENXIO = 6;
  public static final int E2BIG = 7;
  public static final int EBADF = 9;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EFAULT = 14;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;
  public static final int ERANGE = 34;
  public static final int ENOLINK = 67;
  public static final int EOVERFLOW = 75;
  public static final int ENOTSOCK = 88;
  public static final int EPROTONOSUPPORT = 93;
  public static final int ESOCKTNOSUPPORT = 94;
  public static final int EOPNOTSUPP = 95;
  public static final int ENOBUFS = 105;
  public static final int EINPROGRESS = 115;
  public static final int ESTALE = 116;

  /** What the kernel returns inside itself and, for some BPF commands, to user space. */
  public static final int ENOTSUPP = 524;

  private Errno() {}

  /** The name, such as {@code "ENOENT"}; {@code "errno 999"} for a number that has none. */
  public static String name(int errno) {
    Entry entry = Table.ENTRIES.get(errno);
    return entry == null ? "errno " + errno : entry.name();
  }

  /** Text and name, such as {@code "No such file or directory (ENOENT, 2)"}. */
  public static String describe(int errno) {
    Entry entry = Table.ENTRIES.get(errno);
    return entry == null
        ? "error number " + errno
        : entry.text() + " (" + entry.name() + ", " + errno + ")";
  }

  private record Entry(String name, String text) {}

  /** Read on the first error only: a run without errors never pays for it. */
  private static final class Table {
    static final Map<Integer, Entry> ENTRIES = read();

    private static Map<Integer, Entry> read() {
      Map<Integer, Entry> entries = new HashMap<>();
      try (InputStream table = Errno.class.getResourceAsStream("/META-INF/bpf4j/errno.txt")) {
        if (table == null) {
          throw new IllegalStateException("META-INF/bpf4j/errno.txt is missing from this build");
        }
        new String(table.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.split(" ", 3))
            .forEach(
                parts -> entries.put(Integer.parseInt(parts[0]), new Entry(parts[1], parts[2])));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Map.copyOf(entries);
    }
  }
}
