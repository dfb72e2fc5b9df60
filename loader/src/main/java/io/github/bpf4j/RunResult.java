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
  private final byte[] context;
  private final long nanos;

  RunResult(int verdict, byte[] data, byte[] context, long nanos) {
    this.verdict = verdict;
    this.data = data;
    this.context = context;
    this.nanos = nanos;
  }

  /** The program's return value, such as {@code XDP_PASS} (2); of the last run. */
  public int verdict() {
    return verdict;
  }

  /**
   * The packet after the last run, a copy; empty after live frames. Of a flow dissector, the {@code
   * struct bpf_flow_keys} that it found.
   */
  public byte[] data() {
    return data.clone();
  }

  /**
   * The context after the last run, a copy: what the program wrote into {@code struct __sk_buff},
   * {@code struct xdp_md}, or its argument. Empty when the input had none, after live frames, and
   * for {@code raw_tp}, whose context is read only.
   */
  public byte[] context() {
    return context.clone();
  }

  /** Mean time of one run, as the kernel measured it, in whole nanoseconds; 0 of what runs once. */
  public Duration duration() {
    return Duration.ofNanos(nanos);
  }
}
