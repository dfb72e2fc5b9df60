package io.github.bpf4j.net;

import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.NetworkNamespaces;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace to work in. Devices are looked up and programs attached in the namespace of
 * the calling thread; {@link #call} runs code on a thread of its own inside this one.
 *
 * <pre>{@code
 * try (NetworkNamespace namespace = NetworkNamespace.create()) {
 *   namespace.call(() -> NetworkDevice.all());   // [lo]
 * }
 * }</pre>
 *
 * <p>A namespace that was {@linkplain #create created} has no name. It lives until this is closed
 * and the last thread and process in it has ended; when the JVM dies, the kernel removes it with
 * all its devices and attachments.
 *
 * <p>Needs CAP_SYS_ADMIN. Thread safety: all methods may be called from any thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/network_namespaces.7.html">
 *     network_namespaces(7)</a>
 */
public final class NetworkNamespace implements AutoCloseable {
  private final Fd file;
  private final String identity;

  private NetworkNamespace(Fd file) {
    this.file = file;
    this.identity = NetworkNamespaces.identity(file);
  }

  /** The namespace that the calling thread is in. */
  public static NetworkNamespace current() {
    return new NetworkNamespace(NetworkNamespaces.current());
  }

  /**
   * Makes an empty namespace: one loopback device, down.
   *
   * @throws io.github.bpf4j.error.BpfPermissionException without CAP_SYS_ADMIN
   */
  public static NetworkNamespace create() {
    return unchecked(
        () ->
            onThread(
                () -> {
                  NetworkNamespaces.unshare();
                  return new NetworkNamespace(NetworkNamespaces.current());
                }));
  }

  /**
   * Opens a namespace by its file.
   *
   * @param path {@code /run/netns/NAME} of {@code ip netns}, or {@code /proc/PID/ns/net}
   * @throws io.github.bpf4j.error.BpfException when the file cannot be opened
   */
  public static NetworkNamespace open(Path path) {
    return new NetworkNamespace(NetworkNamespaces.open(path.toString()));
  }

  /**
   * Opens the namespace behind a file descriptor that somebody else made and keeps; it may be
   * closed afterwards.
   *
   * @throws io.github.bpf4j.error.BpfException when there is no such descriptor
   */
  public static NetworkNamespace ofFd(int fd) {
    return open(Path.of("/proc/self/fd", Integer.toString(fd)));
  }

  /**
   * Lends the descriptor of the namespace, for calls that bpf4j does not make.
   *
   * @return what the code returned
   * @throws IllegalStateException when this is closed
   */
  public <T> T withFd(IntFunction<T> code) {
    file.lease().acquire();
    try {
      return code.apply(file.number());
    } finally {
      file.lease().release();
    }
  }

  /**
   * The device of that name in this namespace.
   *
   * @throws io.github.bpf4j.error.BpfException when there is none; lists those that exist
   */
  public NetworkDevice device(String name) {
    return callUnchecked(() -> NetworkDevice.of(name)).in(this);
  }

  /** All devices of this namespace, in the kernel's order. */
  public List<NetworkDevice> devices() {
    return callUnchecked(NetworkDevice::all).stream().map(device -> device.in(this)).toList();
  }

  /**
   * Runs code in this namespace, on a new platform thread, and waits for it. Processes that the
   * code starts are in the namespace too.
   *
   * @return what the code returned
   * @throws Exception what the code threw
   * @throws IllegalStateException when this is closed
   */
  public <T> T call(Callable<T> code) throws Exception {
    file.lease().acquire();
    try {
      return onThread(
          () -> {
            NetworkNamespaces.enter(file);
            return code.call();
          });
    } finally {
      file.lease().release();
    }
  }

  // A thread that has changed its namespace is of no use to anyone else, so it ends with the call.
  // An interrupt is handed on, and the end waited for all the same: the namespace must not be
  // closed
  // before the thread has entered it, nor one be lost that it has made.
  private static <T> T onThread(Callable<T> code) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .name("bpf4j-netns")
            .daemon()
            .start(
                () -> {
                  try {
                    result.complete(code.call());
                  } catch (Throwable e) {
                    result.completeExceptionally(e);
                  }
                });
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          interrupted = true;
          thread.interrupt();
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw e;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** {@link #call} for code that throws no checked exception. */
  public <T> T callUnchecked(Supplier<T> code) {
    return unchecked(() -> call(code::get));
  }

  /** Whether the calling thread is in this namespace. */
  public boolean isCurrent() {
    return identity.equals(NetworkNamespaces.identity());
  }

  /** Whether the other is a handle of the same namespace. */
  @Override
  @SuppressWarnings("exports") // @Nullable is for compilers: nobody needs it at run time
  public boolean equals(@Nullable Object other) {
    return other instanceof NetworkNamespace namespace && identity.equals(namespace.identity);
  }

  @Override
  public int hashCode() {
    return identity.hashCode();
  }

  /** Such as {@code "net:[4026531840]"}. */
  @Override
  public String toString() {
    return identity;
  }

  private static <T> T unchecked(Callable<T> code) {
    try {
      return code.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives up this handle; idempotent. */
  @Override
  public void close() {
    file.close();
  }
}
