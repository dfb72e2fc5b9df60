package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.error.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sleeping until one of some file descriptors has something: {@code epoll(7)}, with an {@code
 * eventfd(2)} among them by which another thread ends the sleep.
 *
 * <p>Watching is edge-triggered: the sleeper has looked at everything before it sleeps, and is
 * woken by what comes after. So a record that a BPF program is still writing costs no spinning.
 *
 * <p>A native call pins the carrier of a virtual thread, so a virtual thread has a platform thread
 * sleep for it.
 *
 * <p>Thread safety: one thread sleeps at a time; {@link #wake} and {@link #add} may be called
 * meanwhile. The caller sees to it that none of them runs into {@link #close}.
 */
public final class Epoll implements AutoCloseable {
  /**
   * A sleep ends after this time at the latest: nothing but a look at {@link Thread#isInterrupted}
   * tells that the thread was interrupted.
   */
  private static final long LONGEST_SLEEP_NANOS = 100_000_000;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final int MOST_EVENTS = 16;

  /**
   * {@code struct epoll_event} has 12 bytes on x86 and 16 elsewhere; the event mask comes first.
   */
  private static final int EVENT_BYTES = 16;

  private final String name;
  private final Fd epoll;
  private final Fd wake;
  private final MemorySegment events;
  private final MemorySegment errno;

  private Epoll(String name, Fd epoll, Fd wake) {
    this.name = name;
    this.epoll = epoll;
    this.wake = wake;
    Arena arena = Arena.ofAuto();
    this.events = arena.allocate((long) MOST_EVENTS * EVENT_BYTES, Long.BYTES);
    this.errno = CapturedErrno.allocate(arena);
  }

  /**
   * Makes one.
   *
   * @param name whose waits they are, for messages
   */
  public static Epoll open(String name) {
    Fd epoll = epoll(name);
    try {
      Epoll made = new Epoll(name, epoll, eventfd(name));
      try {
        // Stays ready once it is, unlike the others.
        made.control(libc_h.EPOLL_CTL_ADD(), made.wake.number(), libc_h.EPOLLIN());
        return made;
      } catch (RuntimeException | Error e) {
        made.wake.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      epoll.close();
      throw e;
    }
  }

  private static Fd epoll(String name) {
    return CapturedErrno.with(
        (_, errno) -> {
          int fd = (int) Handles.EPOLL_CREATE.invokeExact(errno, libc_h.EPOLL_CLOEXEC());
          return made(fd, errno, "epoll of " + name);
        });
  }

  private static Fd eventfd(String name) {
    int flags = libc_h.EFD_CLOEXEC() | libc_h.EFD_NONBLOCK();
    return CapturedErrno.with(
        (_, errno) -> {
          int fd = (int) Handles.EVENTFD.invokeExact(errno, 0, flags);
          return made(fd, errno, "eventfd of " + name);
        });
  }

  private static Fd made(int fd, MemorySegment errno, String what) {
    if (fd < 0) {
      throw Results.failed("make", what, CapturedErrno.get(errno));
    }
    return new Fd(fd, what);
  }

  /** What a descriptor is watched for. */
  public enum Interest {
    /** There is something to read. */
    READ,
    /** There is room to write. */
    WRITE
  }

  /** Watches a descriptor, until it is closed or removed. */
  public void add(int fd, Interest interest) {
    int mask = interest == Interest.READ ? libc_h.EPOLLIN() : libc_h.EPOLLOUT();
    control(libc_h.EPOLL_CTL_ADD(), fd, mask | libc_h.EPOLLET());
  }

  /** Watches what another one watches, until that is closed. */
  public void add(Epoll inner) {
    add(inner.epoll.number(), Interest.READ);
  }

  private void control(int operation, int fd, int mask) {
    int _ =
        CapturedErrno.with(
            (arena, captured) -> {
              MemorySegment event = arena.allocate(EVENT_BYTES, Long.BYTES);
              event.set(ValueLayout.JAVA_INT, 0, mask);
              int result =
                  (int)
                      Handles.EPOLL_CTL.invokeExact(captured, epoll.number(), operation, fd, event);
              if (result < 0) {
                throw Results.failed("watch", name, CapturedErrno.get(captured));
              }
              return result;
            });
  }

  /**
   * Sleeps until something may have come: a descriptor is ready, {@link #wake} was called, the time
   * is over, or a while has passed. The caller looks which it was.
   *
   * @param nanos at most so long, rounded up to milliseconds
   */
  public void sleep(long nanos) {
    long bounded = Math.min(nanos, LONGEST_SLEEP_NANOS);
    int timeout = (int) Math.ceilDiv(bounded, NANOS_PER_MILLI);
    if (Thread.currentThread().isVirtual()) {
      onPlatformThread(timeout);
    } else {
      sleepHere(timeout);
    }
  }

  private void sleepHere(int millis) {
    try {
      int ready =
          (int) Handles.EPOLL_WAIT.invokeExact(errno, epoll.number(), events, MOST_EVENTS, millis);
      if (ready < 0 && CapturedErrno.get(errno) != Errno.EINTR) {
        throw Results.failed("wait for", name, CapturedErrno.get(errno));
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall handle throws no checked exception", e);
    }
  }

  // The sleep is short enough to be waited for also by a thread that is interrupted.
  private void onPlatformThread(int millis) {
    Future<?> sleep = Sleepers.POOL.submit(() -> sleepHere(millis));
    boolean interrupted = false;
    try {
      while (true) {
        try {
          sleep.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the wait for " + name + " failed", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The nanoseconds of a timeout; saturated, for who waits for ever. */
  public static long nanos(Duration timeout) {
    return timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0
        ? timeout.toNanos()
        : Long.MAX_VALUE;
  }

  /** Ends the sleep that is under way, and every later one; from any thread. */
  public void wake() {
    long _ = libc_h.write(wake.number(), Wake.ONE, Long.BYTES);
  }

  @Override
  public void close() {
    wake.close();
    epoll.close();
  }

  private static final class Wake {
    static final MemorySegment ONE = Arena.global().allocateFrom(ValueLayout.JAVA_LONG, 1);
  }

  private static final class Sleepers {
    static final ExecutorService POOL =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("bpf4j-wait-", 0).factory());
  }

  private static final class Handles {
    static final MethodHandle EPOLL_CREATE =
        CapturedErrno.capturing(libc_h.epoll_create1$address(), libc_h.epoll_create1$descriptor());
    static final MethodHandle EPOLL_CTL =
        CapturedErrno.capturing(libc_h.epoll_ctl$address(), libc_h.epoll_ctl$descriptor());
    static final MethodHandle EPOLL_WAIT =
        CapturedErrno.capturing(libc_h.epoll_wait$address(), libc_h.epoll_wait$descriptor());
    static final MethodHandle EVENTFD =
        CapturedErrno.capturing(libc_h.eventfd$address(), libc_h.eventfd$descriptor());
  }
}
