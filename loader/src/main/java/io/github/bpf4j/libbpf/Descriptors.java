package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.uapi.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Descriptors of things that the kernel's own objects stand for: files, folders, processes; and
 * further descriptors of what somebody else has open.
 */
public final class Descriptors {
  /** {@code pidfd_open(2)} (kernel 5.3), the same on all architectures that libbpf knows. */
  private static final long PIDFD_OPEN = 434;

  private Descriptors() {}

  /**
   * Opens a file or folder for reading.
   *
   * @param name says what it is when it is used too late
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
          int fd = SystemCalls.open(arena.allocateFrom(path), all, errno);
          return new Fd(CapturedErrno.check(fd, errno, "open", path, Capability.SYS_ADMIN), name);
        });
  }

  /** Opens the folder of a cgroup. */
  public static Fd openCgroup(String path) {
    return open(path, "cgroup " + path);
  }

  /** Opens a process: its main thread, to the kernel. */
  public static Fd openProcess(long pid) {
    String name = "process " + pid;
    return CapturedErrno.with(
        (_, errno) -> {
          long fd =
              SystemCalls.call(errno, PIDFD_OPEN, CapturedErrno.word(pid), CapturedErrno.word(0));
          return new Fd(
              CapturedErrno.check((int) fd, errno, "open", name, Capability.SYS_ADMIN), name);
        });
  }

  /**
   * Another descriptor of the same thing, with a lifetime of its own.
   *
   * @param what names it when there is no such descriptor
   */
  public static Fd duplicate(int fd, String what) {
    return CapturedErrno.with(
        (_, errno) -> {
          int copy = SystemCalls.duplicate(fd, errno);
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
   * @return how much was read, 0 at the end, or {@code -errno}: EAGAIN when there is nothing now
   */
  public static int read(int fd, MemorySegment buffer) {
    return CapturedErrno.with(
        (_, errno) -> {
          long read =
              CapturedErrno.call(
                  errno,
                  libc_h.read$address(),
                  CapturedErrno.word(fd),
                  buffer,
                  CapturedErrno.word(buffer.byteSize()));
          return read < 0 ? -CapturedErrno.get(errno) : (int) read;
        });
  }
}
