package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import java.lang.foreign.Linker;
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
    return CapturedErrno.with(
        (arena, errno) -> {
          int fd =
              (int)
                  Handles.OPEN.invokeExact(
                      errno, arena.allocateFrom(path), libc_h.O_RDONLY() | libc_h.O_CLOEXEC());
          return new Fd(CapturedErrno.check(fd, errno, "open", path, Capability.SYS_ADMIN), name);
        });
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

  @SuppressWarnings("restricted") // both functions are variadic
  private static final class Handles {
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
