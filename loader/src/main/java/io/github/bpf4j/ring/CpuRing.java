package io.github.bpf4j.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.event.PerfBufferOptions;
import io.github.bpf4j.event.SampleHandler;
import io.github.bpf4j.libbpf.Epoll;
import io.github.bpf4j.libbpf.Epoll.Interest;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.MapCalls;
import io.github.bpf4j.libbpf.Mappings;
import io.github.bpf4j.libbpf.Mappings.Access;
import io.github.bpf4j.libbpf.Pages;
import io.github.bpf4j.libbpf.PerfOutput;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.BitSet;
import java.util.Optional;

/**
 * The memory that one CPU writes samples to, as {@code kernel/events/ring_buffer.c} lays it out.
 *
 * <pre>
 *   a page   | … | head (8), written by the kernel | tail (8), written here | …
 *   data     | records: type (4) | misc (2) | size (2) | …                  |  a power of two
 *
 *   SAMPLE   … | bytes that follow (4) | sample, padded …                   may wrap around
 *   LOST     … | id (8) | how many samples found no room (8)
 * </pre>
 *
 * <p>A sample lies at 4 bytes past a multiple of 8, and may be cut in two by the end of the data.
 * So it is copied to where it is whole and aligned before it is handed on.
 */
final class CpuRing implements AutoCloseable {
  /** The size of a record has 16 bits. */
  static final int LARGEST_RECORD = 1 << Short.SIZE;

  private static final VarHandle POSITION = JAVA_LONG.varHandle();
  private static final int SIZE_OFFSET = 6;
  private static final int SAMPLE_BYTES_OFFSET = 8;
  private static final int SAMPLE_OFFSET = 12;
  private static final int LOST_OFFSET = 16;
  private static final int PARTS = 4;
  private static final long ANY = 0;

  private final EventMap map;
  private final int cpu;
  private final Fd event;
  private final Arena arena;
  private final MemorySegment control;
  private final MemorySegment data;
  private final long size;
  private boolean ended;

  private CpuRing(EventMap map, int cpu, Fd event, Arena arena, MemorySegment mapped) {
    this.map = map;
    this.cpu = cpu;
    this.event = event;
    this.arena = arena;
    this.control = mapped;
    this.data = mapped.asSlice(Pages.size());
    this.size = data.byteSize();
  }

  /** Opens that of a CPU, and lets the map send to it; empty when the CPU is not online. */
  static Optional<CpuRing> open(EventMap map, int cpu, PerfBufferOptions options, Epoll epoll) {
    String subject = "map " + map.name();
    return PerfOutput.open(cpu, options.wakeupSamples(), subject)
        .map(event -> open(map, cpu, event, options.bytesPerCpu(), epoll));
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by close(), or below
  private static CpuRing open(EventMap map, int cpu, Fd event, int bytes, Epoll epoll) {
    Arena arena = Arena.ofShared();
    try {
      long mappedBytes = Pages.size() + (long) Pages.ringSize(bytes);
      MemorySegment mapped =
          Mappings.map(
              event.number(), 0, mappedBytes, Access.READ_WRITE, arena, "map " + map.name());
      CpuRing ring = new CpuRing(map, cpu, event, arena, mapped);
      epoll.add(event.number(), Interest.READ);
      ring.connect();
      return ring;
    } catch (RuntimeException | Error e) {
      arena.close();
      event.close();
      throw e;
    }
  }

  private void connect() {
    try (Arena temporary = Arena.ofConfined()) {
      int result =
          MapCalls.update(
              map.fd(),
              temporary.allocateFrom(JAVA_INT, cpu),
              temporary.allocateFrom(JAVA_INT, event.number()),
              ANY);
      if (result < 0) {
        throw new BpfException(
            Failure.of("send the samples of CPU " + cpu + " from", "map " + map.name(), -result));
      }
    }
  }

  /** No sample comes any more; those that are there are gone. */
  @Override
  public void close() {
    try (Arena temporary = Arena.ofConfined()) {
      // It may be gone, as when the map was opened anew.
      int _ = MapCalls.delete(map.fd(), temporary.allocateFrom(JAVA_INT, cpu));
    }
    arena.close();
    event.close();
  }

  int cpu() {
    return cpu;
  }

  /**
   * Whether it is of use. An event ends for good when its CPU goes down, also if that comes up
   * again; what it has is still there to be taken.
   */
  boolean isStillOf(BitSet online) {
    ended |= !online.get(cpu);
    return !ended || isReady();
  }

  /** Whether there is something to consume. */
  boolean isReady() {
    return head() != tail();
  }

  private long head() {
    return (long) POSITION.getAcquire(control, PerfOutput.HEAD);
  }

  // Nobody else writes it.
  private long tail() {
    return (long) POSITION.get(control, PerfOutput.TAIL);
  }

  /** Hands on what is there, as {@link Source#consume} does. */
  int consume(SampleHandler handler, int limit, PerfRings owner) {
    long mask = size - 1;
    long head = head();
    long position = tail();
    long released = position;
    int handled = 0;
    try {
      while (position != head && handled < limit && !owner.isStopped()) {
        long at = position & mask;
        int type = data.get(JAVA_INT, at);
        position += Short.toUnsignedInt(data.get(JAVA_SHORT, at + SIZE_OFFSET));
        if (type == PerfOutput.SAMPLE) {
          int length = data.get(JAVA_INT, (at + SAMPLE_BYTES_OFFSET) & mask);
          copy((at + SAMPLE_OFFSET) & mask, owner.sample(), length);
          handled++;
          handler.sample(owner.readOnlySample(), 0, length);
        } else if (type == PerfOutput.LOST) {
          owner.addLost(cpu, data.get(JAVA_LONG, (at + LOST_OFFSET) & mask));
        }
        if (position - released >= size / PARTS) {
          release(position);
          released = position;
        }
      }
    } finally {
      release(position);
    }
    return handled;
  }

  private void copy(long from, MemorySegment to, int length) {
    long untilEnd = Math.min(length, size - from);
    MemorySegment.copy(data, from, to, 0, untilEnd);
    MemorySegment.copy(data, 0, to, untilEnd, length - untilEnd);
  }

  private void release(long position) {
    POSITION.setRelease(control, PerfOutput.TAIL, position);
  }
}
