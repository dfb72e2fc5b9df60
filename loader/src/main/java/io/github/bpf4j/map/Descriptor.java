package io.github.bpf4j.map;

import java.util.function.IntFunction;

/**
 * Something in the kernel that a map can hold, by the file descriptor that is open for it: a
 * program, another map, a socket.
 */
public interface Descriptor {
  /**
   * Calls with the descriptor's number, which stays open until the call returns.
   *
   * @throws IllegalStateException when it is closed
   */
  <R> R withFd(IntFunction<R> use);

  /** A descriptor that the caller keeps open, such as a socket's. */
  static Descriptor of(int fd) {
    return new Descriptor() {
      @Override
      public <R> R withFd(IntFunction<R> use) {
        return use.apply(fd);
      }

      @Override
      public String toString() {
        return "descriptor " + fd;
      }
    };
  }
}
