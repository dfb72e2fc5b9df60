package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.perf_event_attr;
import io.github.bpf4j.bindings.perf_event_mmap_page;
import io.github.bpf4j.bindings.uapi_h;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.uapi.Capability;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The perf events that hold what {@code bpf_perf_event_output} sends, one for each CPU. Takes
 * CAP_PERFMON, or CAP_SYS_ADMIN before kernel 5.8.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man2/perf_event_open.2.html">perf_event_open(2)</a>
 */
public final class PerfOutput {
  /** Where the first page has the position up to which the kernel has written. */
  public static final long HEAD = perf_event_mmap_page.data_head$offset();

  /** Where it has the position up to which user space has read. */
  public static final long TAIL = perf_event_mmap_page.data_tail$offset();

  /** {@code PERF_RECORD_SAMPLE}. */
  public static final int SAMPLE = uapi_h.PERF_RECORD_SAMPLE();

  /** {@code PERF_RECORD_LOST}. */
  public static final int LOST = uapi_h.PERF_RECORD_LOST();

  private static final int EVERY_PROCESS = -1;
  private static final int NO_GROUP = -1;

  private PerfOutput() {}

  /**
   * Opens the event of a CPU.
   *
   * @param wakeupSamples after how many samples the kernel wakes the reader
   * @param subject names the map in an exception
   * @return empty when the CPU is not online
   */
  public static Optional<Fd> open(int cpu, int wakeupSamples, String subject) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = perf_event_attr.allocate(arena);
      perf_event_attr.size(attributes, (int) perf_event_attr.sizeof());
      perf_event_attr.type(attributes, uapi_h.PERF_TYPE_SOFTWARE());
      perf_event_attr.config(attributes, uapi_h.PERF_COUNT_SW_BPF_OUTPUT());
      perf_event_attr.sample_type(attributes, uapi_h.PERF_SAMPLE_RAW());
      perf_event_attr.sample_period(attributes, 1);
      perf_event_attr.wakeup_events(attributes, wakeupSamples);
      int fd =
          SystemCalls.perfEventOpen(
              attributes, EVERY_PROCESS, cpu, NO_GROUP, uapi_h.PERF_FLAG_FD_CLOEXEC());
      if (fd == -Errno.ENODEV) {
        return Optional.empty();
      }
      String what = "the perf event of CPU " + cpu + " for " + subject;
      if (fd < 0) {
        throw Results.failed("open", what, -fd, Capability.PERFMON);
      }
      return Optional.of(new Fd(fd, what));
    }
  }
}
