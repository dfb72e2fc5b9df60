package io.github.bpf4j.ring;

import static io.github.bpf4j.ring.RingMemory.BUSY;
import static io.github.bpf4j.ring.RingMemory.DISCARD;
import static io.github.bpf4j.ring.RingMemory.HEADER_BYTES;
import static io.github.bpf4j.ring.RingMemory.LENGTH;
import static io.github.bpf4j.ring.RingMemory.POSITION;
import static io.github.bpf4j.ring.RingMemory.recordBytes;

import io.github.bpf4j.event.Reservation;
import io.github.bpf4j.event.RingFill;
import io.github.bpf4j.event.UserRingBuffer;
import io.github.bpf4j.libbpf.Epoll;
import io.github.bpf4j.libbpf.Epoll.Interest;
import io.github.bpf4j.libbpf.Lease;
import io.github.bpf4j.libbpf.Mappings.Access;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A user ring buffer, written in its own memory. */
final class MappedUserRing implements UserRingBuffer {
  private final String name;
  private final RingMemory memory;
  private final Epoll epoll;
  private final Lease lease;

  /** One thread at a time sleeps in an epoll. */
  private final ReentrantLock sleeping = new ReentrantLock();

  private MappedUserRing(EventMap map, RingMemory memory, Epoll epoll) {
    this.name = map.name();
    this.memory = memory;
    this.epoll = epoll;
    this.lease =
        new Lease(
            "user ring buffer " + name,
            () -> {
              try (epoll) {
                memory.unmap();
              } finally {
                map.lease().release();
              }
            });
  }

  /** Opens one on a map that is held already. */
  static MappedUserRing open(EventMap map) {
    RingMemory memory = RingMemory.map(map, Access.READ, Access.READ_WRITE);
    try {
      Epoll epoll = Epoll.open("user ring buffer " + map.name());
      try {
        epoll.add(map.fd(), Interest.WRITE);
        return new MappedUserRing(map, memory, epoll);
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
  public Optional<Reservation> reserve(int bytes) {
    requireFit(bytes);
    lease.acquire();
    Optional<Reservation> room = Optional.empty();
    try {
      room = tryReserve(bytes);
      return room;
    } finally {
      // A reservation keeps the memory until it is submitted or discarded.
      if (room.isEmpty()) {
        lease.release();
      }
    }
  }

  @Override
  public Optional<Reservation> reserve(int bytes, Duration timeout) {
    requireFit(bytes);
    lease.acquire();
    Optional<Reservation> room = Optional.empty();
    try {
      long end = System.nanoTime() + Math.min(Epoll.nanos(timeout), Long.MAX_VALUE / 2);
      room = tryReserve(bytes);
      while (room.isEmpty() && System.nanoTime() - end < 0 && !isOver()) {
        room = await(bytes, end);
      }
      return room;
    } finally {
      if (room.isEmpty()) {
        lease.release();
      }
    }
  }

  private boolean isOver() {
    return isClosed() || Thread.currentThread().isInterrupted();
  }

  private Optional<Reservation> await(int bytes, long end) {
    try {
      if (!sleeping.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      // The one that slept before may have been told of room for both.
      Optional<Reservation> room = tryReserve(bytes);
      if (room.isEmpty()) {
        epoll.sleep(Math.max(end - System.nanoTime(), 0));
        room = tryReserve(bytes);
      }
      return room;
    } finally {
      sleeping.unlock();
    }
  }

  private void requireFit(int bytes) {
    if (bytes < 1 || bytes > memory.size() - HEADER_BYTES) {
      throw new IllegalArgumentException(
          "user ring buffer "
              + name
              + " takes samples of 1 to "
              + (memory.size() - HEADER_BYTES)
              + " bytes, not "
              + bytes);
    }
  }

  private synchronized Optional<Reservation> tryReserve(int bytes) {
    long producer = memory.producerPosition();
    int taken = recordBytes(bytes);
    if (memory.size() - (producer - memory.consumerPosition()) < taken) {
      return Optional.empty();
    }
    long offset = producer & (memory.size() - 1);
    LENGTH.setRelease(memory.data(), offset, bytes | BUSY);
    POSITION.setRelease(memory.producer(), 0L, producer + taken);
    return Optional.of(new Room(offset, bytes));
  }

  /** Room whose header says busy. */
  private final class Room implements Reservation {
    private final long offset;
    private final int bytes;
    private boolean ended;

    Room(long offset, int bytes) {
      this.offset = offset;
      this.bytes = bytes;
    }

    @Override
    public MemorySegment data() {
      return memory.data().asSlice(offset + HEADER_BYTES, bytes);
    }

    @Override
    public void submit() {
      end(bytes);
    }

    @Override
    public void discard() {
      end(bytes | DISCARD);
    }

    private void end(int length) {
      if (ended) {
        throw new IllegalStateException(
            "a reservation in " + name + " was submitted or discarded before");
      }
      ended = true;
      LENGTH.setRelease(memory.data(), offset, length);
      lease.release();
    }

    @Override
    public void close() {
      if (!ended) {
        discard();
      }
    }
  }

  @Override
  public RingFill fill() {
    lease.acquire();
    try {
      return memory.fill();
    } finally {
      lease.release();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isClosed() {
    return lease.isClosed();
  }

  @Override
  public void close() {
    if (lease.tryAcquire()) {
      lease.close();
      epoll.wake();
      lease.release();
    }
  }
}
