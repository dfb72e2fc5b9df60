package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.OptionalInt;

/**
 * A {@code PROG_ARRAY}: the programs that {@code bpf_tail_call} jumps to, by slot. The first one
 * that is put in settles the type of all; a jump to an empty slot does nothing.
 *
 * <p>The kernel empties all slots when the last descriptor and pin of the map is gone, programs
 * that use it or not.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class ProgramArray {
  private final Slots<Integer> slots;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type is another
   */
  public ProgramArray(RawMap map) {
    this.slots = new Slots<>(map, "an array of programs", Codec.s32(), BpfMapType.PROG_ARRAY);
  }

  /** How many slots there are. */
  public int size() {
    return slots.map().maxEntries();
  }

  /**
   * Puts a program in a slot, whatever was there.
   *
   * @throws io.github.bpf4j.error.BpfException when the program is of another type than those
   *     before
   * @throws IndexOutOfBoundsException when there is no such slot
   */
  public void set(int slot, Descriptor program) {
    slots.set(Requirement.slot(slots.map(), slot), program, Update.ANY);
  }

  /** Empties a slot; false when it was empty. */
  public boolean clear(int slot) {
    return slots.clear(Requirement.slot(slots.map(), slot));
  }

  /** The id of the program in a slot; empty when there is none (kernel 4.17). */
  public OptionalInt programId(int slot) {
    return Slots.toInt(slots.id(Requirement.slot(slots.map(), slot)));
  }
}
