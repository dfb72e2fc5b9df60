package io.github.bpf4j.testing;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A perf event to which BPF programs of one CPU write samples. */
public final class PerfEvent implements AutoCloseable {
  private static final long PERF_EVENT_OPEN =
      System.getProperty("os.arch").equals("amd64") ? 298 : 241;
  private static final int ATTRIBUTE_BYTES = 112;
  private static final int TYPE_SOFTWARE = 1;
  private static final long BPF_OUTPUT = 10;
  private static final long SAMPLE_RAW = 1 << 10;

  private final int fd;

  public PerfEvent(int cpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = arena.allocate(ATTRIBUTE_BYTES, 8);
      attribute.set(ValueLayout.JAVA_INT, 0, TYPE_SOFTWARE);
      attribute.set(ValueLayout.JAVA_INT, 4, ATTRIBUTE_BYTES);
      attribute.set(ValueLayout.JAVA_LONG, 8, BPF_OUTPUT);
      attribute.set(ValueLayout.JAVA_LONG, 24, SAMPLE_RAW);
      this.fd = NativeCalls.call("syscall", PERF_EVENT_OPEN, attribute, -1, cpu, -1, 0L);
    }
  }

  public int fd() {
    return fd;
  }

  @Override
  public void close() {
    NativeCalls.call("close", fd);
  }
}
