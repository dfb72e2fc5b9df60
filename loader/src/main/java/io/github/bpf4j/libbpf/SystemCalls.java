package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Failure;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

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
              (long)
                  Handles.BPF.invokeExact(
                      errno,
                      Numbers.OF_THIS_MACHINE.bpf,
                      command,
                      attributes,
                      (int) attributes.byteSize());
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
              (long)
                  Handles.PERF_EVENT_OPEN.invokeExact(
                      errno,
                      Numbers.OF_THIS_MACHINE.perfEventOpen,
                      attributes,
                      pid,
                      cpu,
                      groupFd,
                      flags);
          return result < 0 ? -CapturedErrno.get(errno) : (int) result;
        });
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

  // syscall(2) is variadic; each call has a type of its own.
  private static final class Handles {
    static final MethodHandle BPF =
        variadic(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    static final MethodHandle PERF_EVENT_OPEN =
        variadic(
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG);

    @SuppressWarnings("restricted") // address and descriptor come from the same generated function
    private static MethodHandle variadic(MemoryLayout... arguments) {
      return Linker.nativeLinker()
          .downcallHandle(
              libc_h.syscall.address(),
              libc_h.syscall.makeInvoker(arguments).descriptor(),
              Linker.Option.firstVariadicArg(1),
              Linker.Option.captureCallState("errno"));
    }
  }
}
