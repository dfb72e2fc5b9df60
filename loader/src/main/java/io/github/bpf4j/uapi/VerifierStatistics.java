package io.github.bpf4j.uapi;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much work the verifier had with a program: the last lines of its log ({@code
 * print_verification_stats} of {@code kernel/bpf/verifier.c}).
 *
 * @param instructions how many it walked through, branches each time
 * @param instructionLimit how many it would have walked through
 * @param mostStatesPerInstruction how many states it kept for one instruction
 * @param states how many states it made
 * @param peakStates how many it kept at a time
 * @param stackDepths bytes of stack of the program and of each function that it calls; empty when
 *     the log was not asked for statistics (kernel 5.2)
 * @param time that it took; empty when the log was not asked for statistics (kernel 5.2)
 */
public record VerifierStatistics(
    int instructions,
    int instructionLimit,
    int mostStatesPerInstruction,
    int states,
    int peakStates,
    List<Integer> stackDepths,
    Optional<Duration> time) {
  private static final Pattern PROCESSED =
      Pattern.compile(
          "^processed (\\d+) insns \\(limit (\\d+)\\) max_states_per_insn (\\d+)"
              + " total_states (\\d+) peak_states (\\d+)",
          Pattern.MULTILINE);
  private static final Pattern STACK =
      Pattern.compile("^stack depth (\\d+(?:\\+\\d+)*)", Pattern.MULTILINE);
  private static final Pattern TIME =
      Pattern.compile("^verification time (\\d+) usec", Pattern.MULTILINE);

  /** They stand at the end, where the kernel writes a few lines more of some programs. */
  private static final int END = 4096;

  public VerifierStatistics {
    stackDepths = List.copyOf(stackDepths);
  }

  /** Bytes of stack in all, as if each function called the next; 0 when the log does not tell. */
  public int stackDepth() {
    return stackDepths.stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * What a log of the verifier tells.
   *
   * @return empty when the program did not get so far, and of kernels before 5.2
   */
  public static Optional<VerifierStatistics> of(String log) {
    String end = log.substring(Math.max(0, log.length() - END));
    Matcher processed = PROCESSED.matcher(end);
    if (!processed.find()) {
      return Optional.empty();
    }
    return Optional.of(
        new VerifierStatistics(
            number(processed, 1),
            number(processed, 2),
            number(processed, 3),
            number(processed, 4),
            number(processed, 5),
            stackDepths(end),
            time(end)));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static List<Integer> stackDepths(String log) {
    Matcher stack = STACK.matcher(log);
    return stack.find()
        ? Arrays.stream(stack.group(1).split("\\+", -1)).map(Integer::valueOf).toList()
        : List.of();
  }

  private static Optional<Duration> time(String log) {
    Matcher time = TIME.matcher(log);
    return time.find()
        ? Optional.of(Duration.ofNanos(Long.parseLong(time.group(1)) * 1000))
        : Optional.empty();
  }
}
