package io.github.bpf4j.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.bpf4j.event.RingFill;
import io.github.bpf4j.libbpf.Mappings;
import io.github.bpf4j.libbpf.Mappings.Access;
import io.github.bpf4j.libbpf.Pages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The memory of a ring buffer, of either direction, as {@code kernel/bpf/ringbuf.c} lays it out.
 *
 * <pre>
 *   offset 0        | consumer position (8) |  a page, which the consumer writes
 *          page     | producer position (8) |  a page, which the producer writes
 *          2 page   | data: size bytes              |
 *      + size       | the same data once more       |  so that no sample is ever cut in two
 *
 *   a record        | length, 30 bits | DISCARD | BUSY |  4 bytes, stored last, with release
 *                   | the kernel's own                 |  4 bytes
 *                   | sample: length bytes, and up to 7 to the next multiple of 8
 * </pre>
 *
 * <p>Positions count bytes and never go back; where one stands in the data are its lower bits.
 *
 * @param consumer the consumer position
 * @param producer the producer position
 * @param data the data, twice
 * @param size bytes of the data, a power of two
 */
record RingMemory(
    Arena arena, MemorySegment consumer, MemorySegment producer, MemorySegment data, long size) {

  /** {@code BPF_RINGBUF_BUSY_BIT}: being written; as an int it makes the length negative. */
  static final int BUSY = 1 << 31;

  /** {@code BPF_RINGBUF_DISCARD_BIT}: not to be handed on. */
  static final int DISCARD = 1 << 30;

  /** {@code BPF_RINGBUF_HDR_SZ}. */
  static final int HEADER_BYTES = 8;

  static final VarHandle LENGTH = JAVA_INT.varHandle();
  static final VarHandle POSITION = JAVA_LONG.varHandle();

  /**
   * Maps it. The map is kept until {@link #unmap}.
   *
   * @param consumerPage what this process does with the consumer position
   * @param producerPage what it does with the producer position and the data
   */
  static RingMemory map(EventMap map, Access consumerPage, Access producerPage) {
    long page = Pages.size();
    long size = Integer.toUnsignedLong(map.maxEntries());
    String subject = "map " + map.name();
    @SuppressWarnings("MustBeClosedChecker") // closed by unmap, or below
    Arena arena = Arena.ofShared();
    try {
      int fd = map.fd();
      MemorySegment first = Mappings.map(fd, 0, page, consumerPage, arena, subject);
      MemorySegment rest = Mappings.map(fd, page, page + 2 * size, producerPage, arena, subject);
      return new RingMemory(
          arena,
          first.asSlice(0, Long.BYTES),
          rest.asSlice(0, Long.BYTES),
          rest.asSlice(page),
          size);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  long consumerPosition() {
    return (long) POSITION.getAcquire(consumer, 0L);
  }

  long producerPosition() {
    return (long) POSITION.getAcquire(producer, 0L);
  }

  /** How full it is. */
  RingFill fill() {
    // In this order: what is consumed between the two looks makes it seem fuller, never negative.
    long consumed = consumerPosition();
    return new RingFill(size, consumed, producerPosition());
  }

  /** Bytes that a record takes in the ring. */
  static int recordBytes(int length) {
    return length + HEADER_BYTES + 7 & -8;
  }

  /** Unmaps it; segments that somebody has kept throw from then on. */
  void unmap() {
    arena.close();
  }
}
