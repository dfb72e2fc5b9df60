package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.perf_event_attr;
import io.github.bpf4j.bindings.uapi_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** {@code perf_event_open(2)}: events to sample by. */
public final class PerfEvents {
  private static final int FREQUENCY_BIT = 10;
  private static final int NO_GROUP = -1;

  private PerfEvents() {}

  /**
   * Opens an event.
   *
   * @param isFrequency whether the rate is so often a second, rather than after so many
   * @param pid a thread, 0 for the calling one, -1 for all
   * @param cpu a CPU, -1 for all
   * @return a file descriptor or {@code -errno}
   */
  public static int open(int type, long config, boolean isFrequency, long rate, int pid, int cpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = perf_event_attr.allocate(arena);
      perf_event_attr.type(event, type);
      perf_event_attr.size(event, (int) perf_event_attr.sizeof());
      perf_event_attr.config(event, config);
      perf_event_attr.sample_period(event, rate);
      if (isFrequency) {
        event.set(ValueLayout.JAVA_LONG, flagsOffset(), flag(FREQUENCY_BIT));
      }
      return SystemCalls.perfEventOpen(event, pid, cpu, NO_GROUP, uapi_h.PERF_FLAG_FD_CLOEXEC());
    }
  }

  // "__u64 disabled:1, inherit:1, …" after read_format: jextract passes over bit-fields.
  private static long flagsOffset() {
    return perf_event_attr.read_format$offset() + Long.BYTES;
  }

  private static long flag(int bit) {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1L << bit : 1L << (63 - bit);
  }

  /** The owner of a descriptor that was returned here. */
  public static Fd owned(int fd) {
    return new Fd(fd, "perf event");
  }
}
