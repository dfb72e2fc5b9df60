package io.github.bpf4j.event;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of trace_pipe, taken apart.
 *
 * <pre>
 *            bash-1234    [001] d..21   100.123456: bpf_trace_printk: hello
 *            task pid      cpu  flags   sinceBoot   function          message
 * </pre>
 *
 * @param task name of the thread, at most 15 characters; {@code <...>} where the kernel has
 *     forgotten
 * @param pid number of the thread
 * @param cpu where it ran
 * @param flags interrupts, preemption and the like, as trace_pipe has them
 * @param sinceBoot of the trace clock, by default near the time since boot, to the microsecond
 * @param function what wrote it: {@code bpf_trace_printk} for programs
 * @param message the rest
 */
public record TraceLine(
    String task,
    int pid,
    int cpu,
    String flags,
    Duration sinceBoot,
    String function,
    String message) {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(?<task>.+)-(?<pid>\\d+)\\s+(?:\\(\\s*[\\d-]+\\)\\s+)?\\[(?<cpu>\\d+)\\]\\s+"
              + "(?:(?<flags>\\S+)\\s+)?(?<seconds>\\d+)\\.(?<micros>\\d{6}): (?<function>[^:]+): ?"
              + "(?<message>.*)",
          Pattern.DOTALL);

  private static final int NANOS_PER_MICRO = 1000;

  /** Takes a line apart; empty when it is none of these, such as the rest of a message. */
  public static Optional<TraceLine> parse(String line) {
    Matcher found = LINE.matcher(line);
    if (!found.matches()) {
      return Optional.empty();
    }
    String flags = found.group("flags");
    return Optional.of(
        new TraceLine(
            found.group("task"),
            Integer.parseInt(found.group("pid")),
            Integer.parseInt(found.group("cpu")),
            flags == null ? "" : flags,
            Duration.ofSeconds(
                Long.parseLong(found.group("seconds")),
                Long.parseLong(found.group("micros")) * NANOS_PER_MICRO),
            found.group("function"),
            found.group("message")));
  }
}
