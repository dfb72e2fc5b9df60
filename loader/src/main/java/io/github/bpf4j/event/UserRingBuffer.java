package io.github.bpf4j.event;

import io.github.bpf4j.codec.Codec;
import java.time.Duration;
import java.util.Optional;

/**
 * A {@code BPF_MAP_TYPE_USER_RINGBUF} (kernel 6.1): the way down, from Java to a BPF program.
 *
 * <pre>
 *   Java                                                         BPF program
 *   reserve ─▶ write ─▶ submit ──▶ … │ sample │ sample │ … ──▶ bpf_user_ringbuf_drain(&map, callback, …)
 *                  or ─▶ discard
 * </pre>
 *
 * <pre>{@code
 * try (UserRingBuffer commands = object.map("commands").userRingBuffer()) {
 *   if (!commands.send(codec, new Command(7))) {
 *     // full: the program has not drained it yet
 *   }
 * }
 * }</pre>
 *
 * <p>Nothing here starts the program: it drains when its own hook runs it. Samples come to it in
 * the order in which room was reserved, so one that is reserved and not yet submitted holds back
 * those behind it.
 *
 * <p>Thread safety: all methods may be called from any thread. One producer process: whoever else
 * writes to the same map mixes up the positions.
 *
 * @see <a href="https://docs.kernel.org/bpf/map_ringbuf.html">user ring buffers</a>
 */
public interface UserRingBuffer extends AutoCloseable {

  /**
   * Reserves room for a sample.
   *
   * @param bytes how many it has, 1 or more
   * @return empty when the ring is full
   * @throws IllegalArgumentException when so many bytes never fit
   * @throws IllegalStateException when this is closed
   */
  Optional<Reservation> reserve(int bytes);

  /**
   * Reserves room for a sample, and waits for it when the ring is full: until the program drains it
   * and wakes the writer, as it does unless told otherwise.
   *
   * @param timeout how long to wait at most
   * @return empty when the time is over, this is closed meanwhile, or the thread is interrupted
   */
  Optional<Reservation> reserve(int bytes, Duration timeout);

  /**
   * Sends a value.
   *
   * @return false when the ring is full
   */
  default <T> boolean send(Codec<T> codec, T value) {
    Optional<Reservation> room = reserve(codec.size());
    room.ifPresent(
        reservation -> {
          try (reservation) {
            codec.write(reservation.data(), 0, value);
            reservation.submit();
          }
        });
    return room.isPresent();
  }

  /** How full it is; the consumer is the BPF program. */
  RingFill fill();

  /** The name of the map. */
  String name();

  /** Whether this was closed. */
  boolean isClosed();

  /**
   * Reserves nothing any more, and returns at once: who waits for room gets none. Room that is
   * reserved may still be submitted; the memory stays for so long. Idempotent.
   */
  @Override
  void close();
}
