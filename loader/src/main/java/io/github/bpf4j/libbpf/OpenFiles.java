package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Descriptors of things that the kernel's own objects stand for: files, folders, processes. */
public final class OpenFiles {
  /** {@code pidfd_open(2)} (kernel 5.3), the same on all architectures that libbpf knows. */
  private static final long PIDFD_OPEN = 434;

  private OpenFiles() {}

  /**
   * Opens a file or folder for reading.
   *
   * @param name says what it is, to whoever uses it too late
   */
  public static Fd open(String path, String name) {
    return open(path, 0, name);
  }

  /** Opens a file for {@link #read}, which then never blocks; Java's own streams would for good. */
  public static Fd openNonBlocking(String path) {
    return open(path, libc_h.O_NONBLOCK(), path);
  }

  private static Fd open(String path, int flags, String name) {
    int all = libc_h.O_RDONLY() | libc_h.O_CLOEXEC() | flags;
    return CapturedErrno.with(
        (arena, errno) -> {
          int fd = (int) Handles.OPEN.invokeExact(errno, arena.allocateFrom(path), all);
          return new Fd(CapturedErrno.check(fd, errno, "open", path, Capability.SYS_ADMIN), name);
        });
  }

  /**
   * Reads what is there.
   *
   * @param fd the caller holds it
   * @param errno receives errno; see {@link CapturedErrno#allocate}
   * @return how many bytes, 0 at the end, or {@code -errno}: EAGAIN when there is nothing now
   */
  public static int read(Fd fd, MemorySegment buffer, MemorySegment errno) {
    try {
      long read = (long) Handles.READ.invokeExact(errno, fd.number(), buffer, buffer.byteSize());
      return read < 0 ? -CapturedErrno.get(errno) : (int) read;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall handle throws no checked exception", e);
    }
  }

  /** Opens a process: its main thread, to the kernel. */
  public static Fd process(long pid) {
    String name = "process " + pid;
    return CapturedErrno.with(
        (_, errno) -> {
          long fd = (long) Handles.PROCESS.invokeExact(errno, PIDFD_OPEN, (int) pid, 0);
          return new Fd(
              CapturedErrno.check((int) fd, errno, "open", name, Capability.SYS_ADMIN), name);
        });
  }

  @SuppressWarnings("restricted") // two of them are variadic
  private static final class Handles {
    static final MethodHandle READ =
        CapturedErrno.capturing(libc_h.read$address(), libc_h.read$descriptor());

    static final MethodHandle OPEN =
        Linker.nativeLinker()
            .downcallHandle(
                libc_h.open.address(),
                libc_h.open.makeInvoker().descriptor(),
                Linker.Option.firstVariadicArg(2),
                Linker.Option.captureCallState("errno"));

    static final MethodHandle PROCESS =
        Linker.nativeLinker()
            .downcallHandle(
                libc_h.syscall.address(),
                libc_h.syscall.makeInvoker(libc_h.C_INT, libc_h.C_INT).descriptor(),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
  }
}
