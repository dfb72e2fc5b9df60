package io.github.bpf4j;

import java.time.Duration;

/**
 * What came out of {@link BpfProgram#run}.
 *
 * <p>Immutable.
 */
public final class RunResult {
  private final int verdict;
  private final byte[] data;
  private final long nanos;

  RunResult(int verdict, byte[] data, long nanos) {
    this.verdict = verdict;
    this.data = data;
    this.nanos = nanos;
  }

  /** The program's return value, such as {@code XDP_PASS} (2); of the last run. */
  public int verdict() {
    return verdict;
  }

  /** The packet after the last run, a copy. */
  public byte[] data() {
    return data.clone();
  }

  /** Mean time of one run, as the kernel measured it. */
  public Duration duration() {
    return Duration.ofNanos(nanos);
  }
}
