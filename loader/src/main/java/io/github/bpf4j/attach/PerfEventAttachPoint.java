package io.github.bpf4j.attach;

import java.util.OptionalInt;

/**
 * Samples: the program runs so often a second, or each time that so many of an event have happened.
 *
 * <pre>{@code
 * PerfEventAttachPoint.cpuClock().frequency(99).onCpu(0)
 * PerfEventAttachPoint.cpuClock().frequency(99).pid(311)
 * PerfEventAttachPoint.event(PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES).period(10_000)
 * PerfEventAttachPoint.ofFd(fd)                  // an event that somebody else opened
 * }</pre>
 *
 * <p>Programs are of type {@code PERF_EVENT}, section {@code "perf_event"}. Needs CAP_BPF and
 * CAP_PERFMON. Each event has a program of its own. A {@code bpf_link} holds it (kernel 5.15;
 * before, a descriptor that goes with the process all the same).
 *
 * <p>Immutable: each method returns another point.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man2/perf_event_open.2.html">perf_event_open(2)</a>
 */
public final class PerfEventAttachPoint implements AttachPoint {
  private static final int TYPE_SOFTWARE = 1;
  private static final long CPU_CLOCK = 0;
  private static final long USUAL_FREQUENCY = 99;

  private final int fd;
  private final int type;
  private final long config;
  private final boolean isFrequency;
  private final long rate;
  private final OptionalInt cpu;
  private final OptionalInt pid;
  private final long cookie;

  private PerfEventAttachPoint(
      int fd,
      int type,
      long config,
      boolean isFrequency,
      long rate,
      OptionalInt cpu,
      OptionalInt pid,
      long cookie) {
    this.fd = fd;
    this.type = type;
    this.config = config;
    this.isFrequency = isFrequency;
    this.rate = rate;
    this.cpu = cpu;
    this.pid = pid;
    this.cookie = cookie;
  }

  /** Time, 99 times a second, of the calling thread. */
  public static PerfEventAttachPoint cpuClock() {
    return event(TYPE_SOFTWARE, CPU_CLOCK);
  }

  /**
   * An event, 99 times a second, of the calling thread.
   *
   * @param type {@code PERF_TYPE_*} of {@code linux/perf_event.h}
   * @param config which event of that type, such as {@code PERF_COUNT_HW_CPU_CYCLES}
   */
  public static PerfEventAttachPoint event(int type, long config) {
    return new PerfEventAttachPoint(
        -1, type, config, true, USUAL_FREQUENCY, OptionalInt.empty(), OptionalInt.empty(), 0);
  }

  /** An event that was opened by {@code perf_event_open(2)}; the descriptor stays the caller's. */
  public static PerfEventAttachPoint ofFd(int fd) {
    return new PerfEventAttachPoint(
        fd, 0, 0, true, USUAL_FREQUENCY, OptionalInt.empty(), OptionalInt.empty(), 0);
  }

  /** The same so often a second. */
  public PerfEventAttachPoint frequency(long perSecond) {
    return new PerfEventAttachPoint(fd, type, config, true, perSecond, cpu, pid, cookie);
  }

  /** The same each time that so many have happened. */
  public PerfEventAttachPoint period(long events) {
    return new PerfEventAttachPoint(fd, type, config, false, events, cpu, pid, cookie);
  }

  /** The same on one CPU only; of all processes unless one is named. */
  public PerfEventAttachPoint onCpu(int newCpu) {
    return new PerfEventAttachPoint(
        fd, type, config, isFrequency, rate, OptionalInt.of(newCpu), pid, cookie);
  }

  /** The same of one thread only, on whichever CPU. */
  public PerfEventAttachPoint pid(int newPid) {
    return new PerfEventAttachPoint(
        fd, type, config, isFrequency, rate, cpu, OptionalInt.of(newPid), cookie);
  }

  /** The same with a number that {@code bpf_get_attach_cookie()} returns (kernel 5.15). */
  public PerfEventAttachPoint cookie(long newCookie) {
    return new PerfEventAttachPoint(fd, type, config, isFrequency, rate, cpu, pid, newCookie);
  }

  /** The descriptor, -1 when the event is to be opened. */
  public int fd() {
    return fd;
  }

  /** {@code PERF_TYPE_*}. */
  public int type() {
    return type;
  }

  /** Which event of that type. */
  public long config() {
    return config;
  }

  /** Whether {@link #rate} is a frequency, rather than a period. */
  public boolean isFrequency() {
    return isFrequency;
  }

  /** How often a second, or after how many. */
  public long rate() {
    return rate;
  }

  /** The only CPU; empty for all. */
  public OptionalInt cpu() {
    return cpu;
  }

  /** The only thread; empty for the calling one, or for all when a CPU is named. */
  public OptionalInt pid() {
    return pid;
  }

  /** The number, 0 for none. */
  public long cookie() {
    return cookie;
  }

  /** Such as {@code "perf event 1:0"}. */
  @Override
  public String toString() {
    return fd >= 0 ? "perf event fd " + fd : "perf event " + type + ":" + config;
  }
}
