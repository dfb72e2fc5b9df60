package io.github.bpf4j.event;

import io.github.bpf4j.codec.Codec;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Where the samples of BPF programs come out: the same for a ring buffer and for a perf event
 * array.
 *
 * <pre>{@code
 * try (EventSource events = object.map("events").ringBuffer()) {
 *   events.forEach((data, offset, length) -> System.out.println(data.get(JAVA_INT, offset)));
 * }
 * }</pre>
 *
 * <p>Thread safety: samples are taken by one thread at a time; a second one that tries meanwhile,
 * or a handler that takes samples of the source that called it, gets an {@link
 * IllegalStateException}. All other methods may be called from any thread at any time.
 *
 * <p>Virtual threads: a handler runs on the thread that called. Waiting in the kernel would pin its
 * carrier, so a platform thread waits in its stead.
 *
 * @see RingBuffer
 * @see PerfBuffer
 */
public sealed interface EventSource extends AutoCloseable permits RingBuffer, PerfBuffer {

  /**
   * Takes what is there, without waiting and without a system call.
   *
   * @return how many samples the handler took
   * @throws IllegalStateException when this is closed, or another thread is taking samples
   */
  default int drain(SampleHandler handler) {
    return drain(handler, Integer.MAX_VALUE);
  }

  /**
   * Takes what is there, up to a number of samples.
   *
   * @param limit at most so many; the others stay for later
   * @return how many samples the handler took
   * @throws IllegalStateException when this is closed, or another thread is taking samples
   */
  int drain(SampleHandler handler, int limit);

  /**
   * Takes what is there, and waits for it if there is nothing.
   *
   * @param timeout how long to wait at most, zero for not at all; counted in milliseconds
   * @return how many samples the handler took; 0 when the time is over, and before it when this is
   *     closed by another thread or the calling thread is interrupted, which it then still is
   * @throws IllegalStateException when this is closed, or another thread is taking samples
   */
  default int poll(Duration timeout, SampleHandler handler) {
    return poll(timeout, handler, Integer.MAX_VALUE);
  }

  /** The same up to a number of samples. */
  int poll(Duration timeout, SampleHandler handler, int limit);

  /**
   * Takes samples until another thread closes this, or interrupts the calling one.
   *
   * @throws IllegalStateException when this is closed already, or another thread is taking samples
   */
  void forEach(SampleHandler handler);

  /**
   * The same samples as Java values, copied.
   *
   * @param codec says how a value stands in a sample, such as {@code object.types().record("event",
   *     Event.class)}
   */
  default <T> TypedEvents<T> typed(Codec<T> codec) {
    return new TypedEvents<>(this, codec);
  }

  /**
   * How many samples are known to be lost, since they found no room. Empty where nobody counts
   * them: of a ring buffer only the BPF program can know.
   */
  OptionalLong lost();

  /** The name of the map. */
  String name();

  /** Whether this was closed. */
  boolean isClosed();

  /**
   * Lets no one take samples any more, and returns at once: a drain that is under way ends after
   * the sample that its handler is at, a wait ends now, and then the memory is unmapped. A segment
   * that a handler has kept throws on use from then on. Idempotent; also from within a handler.
   */
  @Override
  void close();
}
