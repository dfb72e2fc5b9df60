package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.OptionalLong;

/**
 * A {@code SOCKMAP}: sockets by slot, between which programs redirect messages. A socket goes out
 * by itself when it is closed.
 *
 * <p>The kernel takes TCP sockets that are connected or listen, UDP sockets that are bound, and
 * UNIX and VSOCK sockets that are connected.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class SockMap {
  private final Slots<Integer> slots;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type is another
   */
  public SockMap(RawMap map) {
    this.slots = new Slots<>(map, "an array of sockets", Codec.s32(), BpfMapType.SOCKMAP);
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
