package io.github.bpf4j.map;

import io.github.bpf4j.uapi.BpfMapType;
import java.util.Optional;

/**
 * A {@code DEVMAP} (kernel 4.14): network devices by slot, to which XDP programs redirect frames.
 * With values of 8 bytes ({@code struct bpf_devmap_val}, kernel 5.8) each slot may have an XDP
 * program that sees frames before they leave.
 *
 * <p>Devices are looked up in the network namespace of the calling thread; an entry goes when its
 * device does.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class DevMap {
  private final ProgramSlots slots;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when type or sizes are others
   */
  public DevMap(RawMap map) {
    this.slots = new ProgramSlots(map, "an array of devices", BpfMapType.DEVMAP);
  }

  /**
   * Where frames go.
   *
   * @param ifindex the device
   * @param programId the program that sees them before, 0 for none
   */
  public record Target(int ifindex, int programId) {
    static Target of(ProgramSlots.Entry entry) {
      return new Target(entry.number(), entry.programId());
    }
  }

  /**
   * Puts a device in a slot, whatever was there.
   *
   * @param ifindex greater than 0
   * @throws io.github.bpf4j.error.BpfException when there is no such device
   * @throws IndexOutOfBoundsException when there is no such slot
   */
  public void set(int slot, int ifindex) {
    slots.update(slots.slot(slot), requireDevice(ifindex), null, Update.ANY);
  }

  /** The same with an XDP program ({@code xdp/devmap}) that sees frames before they leave. */
  public void set(int slot, int ifindex, Descriptor program) {
    slots.update(slots.slot(slot), requireDevice(ifindex), program, Update.ANY);
  }

  // The kernel would take 0 for a word to empty the slot.
  static int requireDevice(int ifindex) {
    if (ifindex <= 0) {
      throw new IllegalArgumentException("no device has the index " + ifindex);
    }
    return ifindex;
  }

  /** What is in a slot; empty when nothing is. */
  public Optional<Target> lookup(int slot) {
    return slots.lookup(slots.slot(slot)).map(Target::of);
  }

  /** Empties a slot, whether anything was in it or not, which the kernel does not tell. */
  public void clear(int slot) {
    slots.delete(slots.slot(slot));
  }

  /** All slots that are not empty; see {@link EntryCursor}. */
  public Snapshot<Integer, Target> snapshot() {
    return slots.snapshot(Target::of);
  }
}
