package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Failure;
import java.lang.foreign.MemorySegment;

/**
 * {@code syscall(2)}, for the two system calls that the C library has no function for.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syscall.2.html">syscall(2)</a>
 */
final class SystemCalls {
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
  private record Numbers(long bpf, long perfEventOpen) {
    static final Numbers OF_THIS_MACHINE = of(System.getProperty("os.arch"));

    private static Numbers of(String architecture) {
      return switch (architecture) {
        case "amd64" -> new Numbers(321, 298);
        case "aarch64", "riscv64", "loongarch64" -> new Numbers(280, 241);
        case "ppc64le" -> new Numbers(361, 319);
        case "s390x" -> new Numbers(351, 331);
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
