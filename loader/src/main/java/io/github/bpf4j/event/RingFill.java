package io.github.bpf4j.event;

/**
 * How full a ring was, in bytes. Positions count all bytes that ever went through, each sample with
 * its header of 8 bytes and rounded up to a multiple of 8.
 *
 * <pre>
 *   0 ─────── consumed ───────▶ consumerPosition ── available ──▶ producerPosition
 *                                              (size at most)
 * </pre>
 *
 * @param size how much it holds
 * @param consumerPosition up to where samples were taken and their room was given back
 * @param producerPosition up to where room was reserved
 */
public record RingFill(long size, long consumerPosition, long producerPosition) {

  /** How much waits, or is being written. */
  public long available() {
    return producerPosition - consumerPosition;
  }

  /** Between 0 and 1: at 1 the next sample is lost. */
  public double ratio() {
    return (double) available() / size;
  }
}
