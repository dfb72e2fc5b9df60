package io.github.bpf4j.ring;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.event.PerfBuffer;
import io.github.bpf4j.event.PerfBufferOptions;
import io.github.bpf4j.event.RingBuffer;
import io.github.bpf4j.event.UserRingBuffer;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes buffers of maps. */
public final class Buffers {
  private Buffers() {}

  /**
   * Opens a ring buffer; its maker closes it.
   *
   * @param dropped how many samples found no room, where somebody counts them
   */
  public static RingBuffer ringBuffer(EventMap map, @Nullable LongSupplier dropped) {
    return open(map, BpfMapType.RINGBUF, held -> MappedRingBuffer.open(held, dropped));
  }

  /** Opens a perf buffer; its maker closes it. */
  public static PerfBuffer perfBuffer(EventMap map, PerfBufferOptions options) {
    return open(
        map, BpfMapType.PERF_EVENT_ARRAY, held -> PerfRings.open(held, options, OnlineCpus::read));
  }

  /** Opens a user ring buffer; its maker closes it. */
  public static UserRingBuffer userRingBuffer(EventMap map) {
    return open(map, BpfMapType.USER_RINGBUF, MappedUserRing::open);
  }

  /** The buffer keeps the map from here on, and lets go of it when it is closed. */
  private static <T> T open(EventMap map, BpfMapType needed, Function<EventMap, T> maker) {
    map.lease().acquire();
    try {
      requireType(map, needed);
      return maker.apply(map);
    } catch (RuntimeException | Error e) {
      map.lease().release();
      throw e;
    }
  }

  private static void requireType(EventMap map, BpfMapType needed) {
    if (map.type() != needed) {
      throw new BpfException(
          Failure.of(
              "open a buffer on",
              "map " + map.name(),
              "it is of type " + map.type() + ", not " + needed));
    }
  }
}
