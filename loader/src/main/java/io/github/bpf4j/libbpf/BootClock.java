package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.bindings.timespec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;

/** The clock by which the kernel dates programs: time since boot, also while suspended. */
public final class BootClock {
  private BootClock() {}

  /** When the kernel began to count, by the wall clock as it is set now. */
  public static Instant zero() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = timespec.allocate(arena);
      Duration wall = read(libc_h.CLOCK_REALTIME(), time);
      Duration boot = read(libc_h.CLOCK_BOOTTIME(), time);
      return Instant.EPOCH.plus(wall).minus(boot);
    }
  }

  private static Duration read(int clock, MemorySegment time) {
    // Every kernel that has BPF has both clocks.
    libc_h.clock_gettime(clock, time);
    return Duration.ofSeconds(timespec.tv_sec(time), timespec.tv_nsec(time));
  }
}
