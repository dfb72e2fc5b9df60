package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Programs of sockets: {@code setsockopt(2)}. Results are 0 or {@code -errno}. */
public final class Sockets {
  private Sockets() {}

  /** Lets what the socket receives go through a program. */
  public static int attachFilter(int socket, int programFd) {
    return set(socket, libc_h.SO_ATTACH_BPF(), programFd);
  }

  /** Removes the program, whichever it is: ENOENT when there is none. */
  public static int detachFilter(int socket) {
    return set(socket, libc_h.SO_DETACH_BPF(), 0);
  }

  /** Lets a program choose among the sockets that share the socket's port. */
  public static int attachReuseport(int socket, int programFd) {
    return set(socket, libc_h.SO_ATTACH_REUSEPORT_EBPF(), programFd);
  }

  /** Removes the program that chooses, whichever it is (kernel 5.3): ENOENT when there is none. */
  public static int detachReuseport(int socket) {
    return set(socket, libc_h.SO_DETACH_REUSEPORT_BPF(), 0);
  }

  private static int set(int socket, int option, int value) {
    return CapturedErrno.with(
        (arena, errno) -> {
          MemorySegment number = arena.allocateFrom(ValueLayout.JAVA_INT, value);
          int result =
              (int)
                  Handles.SETSOCKOPT.invokeExact(
                      errno, socket, libc_h.SOL_SOCKET(), option, number, Integer.BYTES);
          return result < 0 ? -CapturedErrno.get(errno) : 0;
        });
  }

  private static final class Handles {
    static final MethodHandle SETSOCKOPT =
        CapturedErrno.capturing(libc_h.setsockopt$address(), libc_h.setsockopt$descriptor());
  }
}
