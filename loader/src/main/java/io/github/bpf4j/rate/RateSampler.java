package io.github.bpf4j.rate;

import java.util.function.LongSupplier;

/**
 * Turns counters into rates, over the time that has really passed between two readings.
 *
 * <pre>
 *   new RateSampler(source)      sample()              sample()
 *   ────────┬───────────────────────┬─────────────────────┬────▶ time
 *           └── first interval ─────┘── second interval ──┘
 * </pre>
 *
 * <p>Making a sampler takes the first reading, so that the first {@link #sample} covers the time
 * since then. Counters are unsigned numbers of {@link CounterSource#bits}, and one that wraps is
 * read correctly. One that went backwards, by less than half of its range as it wraps, has been
 * reset: what it shows now is what it counted since.
 *
 * <p>{@link #sample} and the accessors allocate nothing. Thread safety: none; one thread at a time.
 */
public final class RateSampler {
  private static final double NANOS_PER_SECOND = 1e9;

  private final CounterSource source;
  private final LongSupplier clock;
  private final int bits;
  private long[] current;
  private long[] previous;
  private long[] next;
  private long now;
  private long before;

  /** Samples with {@link System#nanoTime}. */
  public RateSampler(CounterSource source) {
    this(source, System::nanoTime);
  }

  /**
   * Samples with another clock.
   *
   * @param clock nanoseconds since any moment, never going back
   */
  public RateSampler(CounterSource source, LongSupplier clock) {
    this.source = source;
    this.clock = clock;
    this.bits = source.bits();
    this.current = new long[source.size()];
    this.previous = new long[source.size()];
    this.next = new long[source.size()];
    source.read(current);
    System.arraycopy(current, 0, previous, 0, current.length);
    this.now = clock.getAsLong();
    this.before = now;
  }

  /** Reads the counters; the accessors then speak of the time since the sample before. */
  public void sample() {
    // A reading that fails leaves everything as it was.
    source.read(next);
    long[] oldest = previous;
    previous = current;
    current = next;
    next = oldest;
    before = now;
    now = clock.getAsLong();
  }

  /**
   * Lets the interval begin now without a reading: what was counted since the last one belongs to
   * the next sample. For counters that could not move before, as of a program just attached.
   */
  public void restart() {
    now = clock.getAsLong();
    before = now;
  }

  /** How many counters there are. */
  public int size() {
    return current.length;
  }

  /** Length of the last interval, in nanoseconds; 0 before the first {@link #sample}. */
  public long intervalNanos() {
    return now - before;
  }

  /** What the counter shows. */
  public long total(int counter) {
    return current[counter];
  }

  /** What was counted in the last interval. */
  public long delta(int counter) {
    return Growth.of(current[counter], previous[counter], bits);
  }

  /** Counts per second in the last interval; 0 before the first {@link #sample}. */
  public double perSecond(int counter) {
    long nanos = intervalNanos();
    return nanos <= 0 ? 0 : delta(counter) * NANOS_PER_SECOND / nanos;
  }
}
