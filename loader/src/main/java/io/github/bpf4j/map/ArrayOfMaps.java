package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.OptionalInt;

/**
 * An {@code ARRAY_OF_MAPS}: maps by slot, all of one shape, that of the inner map which it was made
 * with. A program that looks a slot up sees the old map or the new one; when {@link #set} returns,
 * no program uses the old one any more.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class ArrayOfMaps {
  private final Slots<Integer> slots;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type is another
   */
  public ArrayOfMaps(RawMap map) {
    this.slots = new Slots<>(map, "an array of maps", Codec.s32(), BpfMapType.ARRAY_OF_MAPS);
  }

  /** How many slots there are. */
  public int size() {
    return slots.map().maxEntries();
  }

  /**
   * Puts a map in a slot, or replaces the one there.
   *
   * @throws io.github.bpf4j.error.BpfException when the map's type, sizes or flags are others than
   *     those of the inner map
   * @throws IndexOutOfBoundsException when there is no such slot
   */
  public void set(int slot, Descriptor map) {
    slots.set(Requirement.slot(slots.map(), slot), map, Update.ANY);
  }

  /** Empties a slot; false when it was empty. */
  public boolean clear(int slot) {
    return slots.clear(Requirement.slot(slots.map(), slot));
  }

  /** The id of the map in a slot, by which it can be opened; empty when there is none. */
  public OptionalInt mapId(int slot) {
    return Slots.toInt(slots.id(Requirement.slot(slots.map(), slot)));
  }
}
