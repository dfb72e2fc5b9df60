package io.github.bpf4j.ring;

import io.github.bpf4j.event.PerfBuffer;
import io.github.bpf4j.event.PerfBufferOptions;
import io.github.bpf4j.event.SampleHandler;
import io.github.bpf4j.libbpf.Epoll;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * A perf event array: a ring for each CPU that is online.
 *
 * <p>CPUs come and go. Once a second, while samples are taken, the list of those online is read:
 * one that has come up gets a ring, the ring of one that has gone is emptied and closed.
 */
final class PerfRings extends Source implements PerfBuffer {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventMap map;
  private final PerfBufferOptions options;
  private final Supplier<BitSet> online;
  private final Epoll epoll;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment sample = arena.allocate(CpuRing.LARGEST_RECORD, Long.BYTES);
  private final MemorySegment readOnlySample = sample.asReadOnly();
  private final AtomicLongArray lost;

  /** Replaced as a whole, since other threads look at it. */
  private volatile List<CpuRing> rings = List.of();

  private long lastLook;
  private int first;

  private PerfRings(EventMap map, PerfBufferOptions options, Supplier<BitSet> online, Epoll epoll) {
    super(map.name(), "perf buffer", epoll, map.lease());
    this.map = map;
    this.options = options;
    this.online = online;
    this.epoll = epoll;
    this.lost = new AtomicLongArray(map.maxEntries());
  }

  /**
   * Opens one on a map that is held already.
   *
   * @param online tells the CPUs that are online
   */
  static PerfRings open(EventMap map, PerfBufferOptions options, Supplier<BitSet> online) {
    Epoll epoll = Epoll.open("perf buffer " + map.name());
    PerfRings made = new PerfRings(map, options, online, epoll);
    try {
      made.followCpus();
      return made;
    } catch (RuntimeException | Error e) {
      made.free();
      epoll.close();
      throw e;
    }
  }

  @Override
  int consume(SampleHandler handler, int limit) {
    if (System.nanoTime() - lastLook > LOOK_NANOS) {
      followCpus();
    }
    List<CpuRing> all = rings;
    int handled = 0;
    // Not from the same one each time: with a limit the first would keep the others from their
    // turn.
    first = first + 1 < all.size() ? first + 1 : 0;
    for (int i = 0; i < all.size() && handled < limit && !isStopped(); i++) {
      CpuRing ring = all.get((first + i) % all.size());
      handled += ring.consume(handler, limit - handled, this);
    }
    return handled;
  }

  private void followCpus() {
    lastLook = System.nanoTime();
    BitSet now = online.get();
    now.clear(lost.length(), Math.max(lost.length(), now.length())); // beyond the map's size
    List<CpuRing> next = new ArrayList<>();
    for (CpuRing ring : rings) {
      if (ring.isStillOf(now)) {
        next.add(ring);
        now.clear(ring.cpu());
      } else {
        ring.close();
      }
    }
    try {
      now.stream().forEach(cpu -> CpuRing.open(map, cpu, options, epoll).ifPresent(next::add));
    } finally {
      rings = List.copyOf(next);
    }
  }

  @Override
  boolean isReady() {
    // As in a ring buffer: what was given back comes before the look at the other side.
    VarHandle.fullFence();
    List<CpuRing> all = rings;
    for (int i = 0; i < all.size(); i++) { // an iterator would be garbage
      if (all.get(i).isReady()) {
        return true;
      }
    }
    return false;
  }

  @Override
  void free() {
    rings.forEach(CpuRing::close);
    arena.close();
  }

  /** Room for one sample. */
  MemorySegment sample() {
    return sample;
  }

  /** The same for handlers. */
  MemorySegment readOnlySample() {
    return readOnlySample;
  }

  void addLost(int cpu, long samples) {
    lost.addAndGet(cpu, samples);
  }

  @Override
  public List<Integer> cpus() {
    return rings.stream().map(CpuRing::cpu).sorted().toList();
  }

  @Override
  public long lost(int cpu) {
    return lost.get(cpu);
  }

  @Override
  public OptionalLong lost() {
    long sum = 0;
    for (int cpu = 0; cpu < lost.length(); cpu++) {
      sum += lost.get(cpu);
    }
    return OptionalLong.of(sum);
  }
}
