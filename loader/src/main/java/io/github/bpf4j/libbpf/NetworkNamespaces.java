package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.uapi.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code unshare(2)} and {@code setns(2)}: both change the calling thread alone, which has to be a
 * platform thread that does nothing else afterwards.
 */
public final class NetworkNamespaces {
  private NetworkNamespaces() {}

  /** Moves the calling thread into a new network namespace. */
  public static void unshare() {
    CapturedErrno.with(
        (_, errno) -> {
          int result = (int) Handles.UNSHARE.invokeExact(errno, libc_h.CLONE_NEWNET());
          return CapturedErrno.check(
              result, errno, "make", "a network namespace", Capability.SYS_ADMIN);
        });
  }

  /** Moves the calling thread into the network namespace behind a file descriptor. */
  public static void enter(Fd namespace) {
    CapturedErrno.with(
        (_, errno) -> {
          int result =
              (int) Handles.SETNS.invokeExact(errno, namespace.number(), libc_h.CLONE_NEWNET());
          return CapturedErrno.check(
              result, errno, "enter", "the network namespace", Capability.SYS_ADMIN);
        });
  }

  /**
   * Opens a namespace file.
   *
   * @param path such as {@code /run/netns/NAME} or {@code /proc/thread-self/ns/net}
   */
  public static Fd open(String path) {
    return Descriptors.open(path, "network namespace " + path);
  }

  /** What tells the calling thread's namespace from others, such as {@code net:[4026531840]}. */
  public static String identity() {
    return identity("/proc/thread-self/ns/net");
  }

  /** What tells a namespace from others. */
  public static String identity(Fd namespace) {
    return identity("/proc/self/fd/" + namespace.number());
  }

  // By its inode: what the link says is a path where ip netns has given the namespace a name.
  private static String identity(String path) {
    try {
      return "net:[" + Files.getAttribute(Path.of(path), "unix:ino") + "]";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The namespace file of the calling thread. */
  public static Fd current() {
    return open("/proc/thread-self/ns/net");
  }

  private static final class Handles {
    static final MethodHandle UNSHARE =
        CapturedErrno.capturing(libc_h.unshare$address(), libc_h.unshare$descriptor());
    static final MethodHandle SETNS =
        CapturedErrno.capturing(libc_h.setns$address(), libc_h.setns$descriptor());
  }
}
