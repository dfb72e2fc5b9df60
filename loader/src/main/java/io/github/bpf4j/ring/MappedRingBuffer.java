package io.github.bpf4j.ring;

import static io.github.bpf4j.ring.RingMemory.BUSY;
import static io.github.bpf4j.ring.RingMemory.DISCARD;
import static io.github.bpf4j.ring.RingMemory.HEADER_BYTES;
import static io.github.bpf4j.ring.RingMemory.LENGTH;
import static io.github.bpf4j.ring.RingMemory.POSITION;
import static io.github.bpf4j.ring.RingMemory.recordBytes;

import io.github.bpf4j.event.RingBuffer;
import io.github.bpf4j.event.RingFill;
import io.github.bpf4j.event.SampleHandler;
import io.github.bpf4j.libbpf.Epoll;
import io.github.bpf4j.libbpf.Epoll.Interest;
import io.github.bpf4j.libbpf.Mappings.Access;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A ring buffer, consumed in its own memory.
 *
 * <p>The room of what was taken is given back once for each drain, and before that whenever a
 * quarter of the ring has been taken, so that a long drain does not starve the producers. In
 * between the kernel sees a consumer that lags behind, and spares itself a wake-up for each record.
 */
final class MappedRingBuffer extends Source implements RingBuffer {
  /** Room is given back at the latest after this part of the ring. */
  private static final int PARTS = 4;

  private final RingMemory memory;
  private final @Nullable LongSupplier dropped;

  private MappedRingBuffer(
      EventMap map, RingMemory memory, Epoll epoll, @Nullable LongSupplier dropped) {
    super(map.name(), "ring buffer", epoll, map.lease());
    this.memory = memory;
    this.dropped = dropped;
  }

  /** Opens one on a map that is held already. */
  static MappedRingBuffer open(EventMap map, @Nullable LongSupplier dropped) {
    RingMemory memory = RingMemory.map(map, Access.READ_WRITE, Access.READ);
    try {
      Epoll epoll = Epoll.open("ring buffer " + map.name());
      try {
        epoll.add(map.fd(), Interest.READ);
        return new MappedRingBuffer(map, memory, epoll, dropped);
      } catch (RuntimeException | Error e) {
        epoll.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      memory.unmap();
      throw e;
    }
  }

  @Override
  int consume(SampleHandler handler, int limit) {
    MemorySegment data = memory.data();
    long mask = memory.size() - 1;
    long part = memory.size() / PARTS;
    long start = memory.consumerPosition();
    long position = start;
    long released = start;
    long produced = memory.producerPosition();
    int handled = 0;
    try {
      // A counted loop, though it never ends by its count: the JIT then asks for safepoints now and
      // then instead of at each record.
      for (int i = 0; i < Integer.MAX_VALUE; i++) {
        if (position == produced) {
          produced = memory.producerPosition();
          if (position == produced) {
            break;
          }
        }
        long offset = position & mask;
        int length = (int) LENGTH.getAcquire(data, offset);
        // Each step from a length to the place of the next one is felt: one bit less to mask out.
        if ((length & (BUSY | DISCARD)) == 0) {
          position += recordBytes(length);
          handled++;
          handler.sample(data, offset + HEADER_BYTES, length);
        } else if ((length & BUSY) == 0) {
          position += recordBytes(length & ~DISCARD);
        } else {
          break;
        }
        if (position - released >= part) {
          release(position);
          released = position;
          if (position - start >= memory.size()) {
            break;
          }
        }
        if (handled >= limit || isStopped()) {
          break;
        }
      }
    } finally {
      if (position != released) {
        release(position);
      }
    }
    return handled;
  }

  private void release(long position) {
    POSITION.setRelease(memory.consumer(), 0L, position);
  }

  // The fence stands between the position that consume() gave back and the look at the other side:
  // a producer that does not see this position is seen here, and one that does wakes us up.
  @Override
  boolean isReady() {
    VarHandle.fullFence();
    long position = memory.consumerPosition();
    return position != memory.producerPosition()
        && (int) LENGTH.getAcquire(memory.data(), position & (memory.size() - 1)) >= 0;
  }

  @Override
  void free() {
    memory.unmap();
  }

  @Override
  public RingFill fill() {
    lease().acquire();
    try {
      return memory.fill();
    } finally {
      lease().release();
    }
  }

  @Override
  public OptionalLong lost() {
    return dropped == null ? OptionalLong.empty() : OptionalLong.of(dropped.getAsLong());
  }
}
