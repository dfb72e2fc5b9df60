package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;

/**
 * A {@code PERF_EVENT_ARRAY}: perf events by slot, as a rule one for each CPU, to which programs
 * write samples or whose counters they read. The kernel tells nothing back of what is in it.
 *
 * <p>An event goes out of the map when the descriptor of the <em>map</em> that put it in is closed,
 * unless the map was made with {@link io.github.bpf4j.uapi.BpfMapFlag#PRESERVE_ELEMS}.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class PerfEventArray {
  private final Slots<Integer> slots;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type is another
   */
  public PerfEventArray(RawMap map) {
    this.slots =
        new Slots<>(map, "an array of perf events", Codec.s32(), BpfMapType.PERF_EVENT_ARRAY);
  }

  /** How many slots there are. */
  public int size() {
    return slots.map().maxEntries();
  }

  /**
   * Puts an event in a slot, whatever was there.
   *
   * @throws IndexOutOfBoundsException when there is no such slot
   */
  public void set(int slot, Descriptor perfEvent) {
    slots.set(Requirement.slot(slots.map(), slot), perfEvent, Update.ANY);
  }

  /** Empties a slot; false when it was empty. */
  public boolean clear(int slot) {
    return slots.clear(Requirement.slot(slots.map(), slot));
  }
}
