package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.OptionalLong;

/**
 * A {@code REUSEPORT_SOCKARRAY} (kernel 4.19): the sockets of a {@code SO_REUSEPORT} group, among
 * which {@code bpf_sk_select_reuseport} chooses. The kernel takes UDP sockets that are bound and
 * TCP sockets that listen, with {@code SO_REUSEPORT} set before. A socket is in one such map at
 * most and goes out by itself when it is closed.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class ReuseportSockArray {
  private final Slots<Integer> slots;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type is another
   */
  public ReuseportSockArray(RawMap map) {
    this.slots =
        new Slots<>(
            map, "an array of reuseport sockets", Codec.s32(), BpfMapType.REUSEPORT_SOCKARRAY);
  }

  /** How many slots there are. */
  public int size() {
    return slots.map().maxEntries();
  }

  /**
   * Puts a socket in a slot.
   *
   * @return false when {@link Update#NO_EXIST} found a socket or {@link Update#EXIST} found none
   * @throws io.github.bpf4j.error.BpfException when it is no socket that the kernel takes
   * @throws IndexOutOfBoundsException when there is no such slot
   */
  public boolean set(int slot, Descriptor socket, Update mode) {
    return slots.set(Requirement.slot(slots.map(), slot), socket, mode);
  }

  /** Takes the socket out of a slot; false when it was empty. */
  public boolean clear(int slot) {
    return slots.clear(Requirement.slot(slots.map(), slot));
  }

  /**
   * The cookie ({@code SO_COOKIE}) of the socket in a slot; empty when there is none.
   *
   * @throws io.github.bpf4j.error.BpfException when the map's values have 4 bytes: the kernel tells
   *     cookies where they have 8
   */
  public OptionalLong cookie(int slot) {
    return slots.cookie(Requirement.slot(slots.map(), slot));
  }
}
