package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;

/**
 * An {@code XSKMAP} (kernel 4.18): AF_XDP sockets by slot, as a rule one for each receive queue, to
 * which XDP programs redirect frames. A socket goes out by itself when it is closed. The kernel
 * tells nothing back of what is in it.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class XskMap {
  private final Slots<Integer> slots;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type is another
   */
  public XskMap(RawMap map) {
    this.slots = new Slots<>(map, "an array of AF_XDP sockets", Codec.s32(), BpfMapType.XSKMAP);
  }

  /** How many slots there are. */
  public int size() {
    return slots.map().maxEntries();
  }

  /**
   * Puts a socket in a slot.
   *
   * @return false when {@link Update#NO_EXIST} found a socket or {@link Update#EXIST} found none
   * @throws io.github.bpf4j.error.BpfException when it is no socket of AF_XDP
   * @throws IndexOutOfBoundsException when there is no such slot
   */
  public boolean set(int slot, Descriptor socket, Update mode) {
    return slots.set(Requirement.slot(slots.map(), slot), socket, mode);
  }

  /** Empties a slot, whether anything was in it or not, which the kernel does not tell. */
  public void clear(int slot) {
    slots.clear(Requirement.slot(slots.map(), slot));
  }
}
