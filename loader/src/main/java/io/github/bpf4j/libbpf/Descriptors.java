package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/** Descriptors of files, and further descriptors of what somebody else has open. */
public final class Descriptors {
  private Descriptors() {}

  /**
   * Opens a file or folder for reading.
   *
   * @param name says what it is when it is used too late
   * @param needed what EPERM is judged by
   */
  static Fd open(String path, String name, Capability needed) {
    return CapturedErrno.with(
        (arena, errno) -> {
          int fd =
              (int)
                  Handles.OPEN.invokeExact(
                      errno, arena.allocateFrom(path), libc_h.O_RDONLY() | libc_h.O_CLOEXEC());
          return new Fd(CapturedErrno.check(fd, errno, "open", path, needed), name);
        });
  }

  /** Opens the folder of a cgroup. */
  public static Fd openCgroup(String path) {
    return open(path, "cgroup " + path, Capability.SYS_ADMIN);
  }

  /**
   * Another descriptor of the same thing, with a lifetime of its own.
   *
   * @param what names it when there is no such descriptor
   */
  public static Fd duplicate(int fd, String what) {
    return CapturedErrno.with(
        (_, errno) -> {
          int copy = (int) Handles.FCNTL.invokeExact(errno, fd, libc_h.F_DUPFD_CLOEXEC(), 0);
          return new Fd(CapturedErrno.check(copy, errno, "use", what, Capability.SYS_ADMIN), what);
        });
  }

  /** The inode of what is open: the kernel's id of a cgroup, of a network namespace. */
  public static long inode(int fd) {
    try {
      return (long) Files.getAttribute(Path.of("/proc/self/fd", Integer.toString(fd)), "unix:ino");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads.
   *
   * @return how much was read, 0 at the end, or {@code -errno}
   */
  public static int read(int fd, MemorySegment buffer) {
    return CapturedErrno.with(
        (_, errno) -> {
          long read = (long) Handles.READ.invokeExact(errno, fd, buffer, buffer.byteSize());
          return read < 0 ? -CapturedErrno.get(errno) : (int) read;
        });
  }

  private static final class Handles {
    static final MethodHandle READ =
        CapturedErrno.capturing(libc_h.read$address(), libc_h.read$descriptor());

    // open(2) is variadic, its mode left out here.
    @SuppressWarnings("restricted")
    static final MethodHandle OPEN =
        Linker.nativeLinker()
            .downcallHandle(
                libc_h.open.address(),
                libc_h.open.makeInvoker().descriptor(),
                Linker.Option.firstVariadicArg(2),
                Linker.Option.captureCallState("errno"));

    @SuppressWarnings("restricted")
    static final MethodHandle FCNTL =
        Linker.nativeLinker()
            .downcallHandle(
                libc_h.fcntl.address(),
                libc_h.fcntl.makeInvoker(ValueLayout.JAVA_INT).descriptor(),
                Linker.Option.firstVariadicArg(2),
                Linker.Option.captureCallState("errno"));
  }
}
