package io.github.bpf4j.event;

import java.lang.foreign.MemorySegment;

/**
 * Room for a sample in a {@link UserRingBuffer}, to be written and then submitted or discarded. One
 * that is neither holds back all samples behind it; {@link #close} discards it if it is still open.
 *
 * <p>Thread safety: one thread at a time.
 */
public interface Reservation extends AutoCloseable {

  /**
   * The room: as many bytes as were reserved, aligned to 8, with what was there before in them.
   * After {@code submit} or {@code discard} the bytes are the program's.
   */
  MemorySegment data();

  /**
   * Hands the sample to the program.
   *
   * @throws IllegalStateException when it was submitted or discarded before
   */
  void submit();

  /**
   * Lets the program skip it.
   *
   * @throws IllegalStateException when it was submitted or discarded before
   */
  void discard();

  /** Discards it if it is still open. */
  @Override
  void close();
}
