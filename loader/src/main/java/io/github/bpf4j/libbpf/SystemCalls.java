package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Failure;
import java.lang.foreign.MemorySegment;

/**
 * {@code syscall(2)}, for the system calls that the C library has no function for, or a variadic
 * one.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syscall.2.html">syscall(2)</a>
 */
final class SystemCalls {
  /** Paths are relative to the working directory. */
  private static final int AT_FDCWD = -100;

  private SystemCalls() {}

  /**
   * {@code bpf(2)}.
   *
   * @param attributes {@code union bpf_attr}
   * @return 0 or more, or {@code -errno}
   */
  static int bpf(int command, MemorySegment attributes) {
    return CapturedErrno.with(
        (_, errno) -> {
          long result =
              call(
                  errno,
                  Numbers.OF_THIS_MACHINE.bpf,
                  CapturedErrno.word(command),
                  attributes,
                  CapturedErrno.word(attributes.byteSize()));
          return result < 0 ? -CapturedErrno.get(errno) : (int) result;
        });
  }

  /**
   * {@code perf_event_open(2)}.
   *
   * @param attributes {@code struct perf_event_attr}
   * @return a file descriptor, or {@code -errno}
   */
  static int perfEventOpen(MemorySegment attributes, int pid, int cpu, int groupFd, long flags) {
    return CapturedErrno.with(
        (_, errno) -> {
          long result =
              call(
                  errno,
                  Numbers.OF_THIS_MACHINE.perfEventOpen,
                  attributes,
                  CapturedErrno.word(pid),
                  CapturedErrno.word(cpu),
                  CapturedErrno.word(groupFd),
                  CapturedErrno.word(flags));
          return result < 0 ? -CapturedErrno.get(errno) : (int) result;
        });
  }

  /**
   * {@code openat(2)}: {@code open(2)} of the C library is variadic, and to be called as such.
   *
   * @return a file descriptor, or -1
   */
  static int open(MemorySegment path, int flags, MemorySegment errno) {
    return (int)
        call(
            errno,
            Numbers.OF_THIS_MACHINE.openat,
            CapturedErrno.word(AT_FDCWD),
            path,
            CapturedErrno.word(flags));
  }

  /**
   * {@code fcntl(2)} with {@code F_DUPFD_CLOEXEC}.
   *
   * @return a file descriptor, or -1
   */
  static int duplicate(int fd, MemorySegment errno) {
    return (int)
        call(
            errno,
            Numbers.OF_THIS_MACHINE.fcntl,
            CapturedErrno.word(fd),
            CapturedErrno.word(libc_h.F_DUPFD_CLOEXEC()),
            CapturedErrno.word(0));
  }

  /**
   * syscall(2) is declared as variadic, but made of a few instructions that move registers: it
   * takes its arguments wherever any other function does.
   */
  static long call(MemorySegment errno, long number, MemorySegment... words) {
    MemorySegment[] all = new MemorySegment[words.length + 1];
    all[0] = CapturedErrno.word(number);
    System.arraycopy(words, 0, all, 1, words.length);
    return CapturedErrno.call(errno, libc_h.syscall.address(), all);
  }

  /** As {@code asm/unistd.h} of each architecture numbers them. */
  private record Numbers(long bpf, long perfEventOpen, long openat, long fcntl) {
    static final Numbers OF_THIS_MACHINE = of(System.getProperty("os.arch"));

    private static Numbers of(String architecture) {
      return switch (architecture) {
        case "amd64" -> new Numbers(321, 298, 257, 72);
        case "aarch64", "riscv64", "loongarch64" -> new Numbers(280, 241, 56, 25);
        case "ppc64le" -> new Numbers(361, 319, 286, 55);
        case "s390x" -> new Numbers(351, 331, 288, 55);
        default ->
            throw new BpfUnsupportedException(
                Failure.of(
                    "make",
                    "system calls",
                    "bpf4j does not know their numbers on " + architecture));
      };
    }
  }
}
