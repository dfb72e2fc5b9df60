package io.github.bpf4j.map;

import io.github.bpf4j.uapi.BpfMapType;
import java.util.Optional;

/**
 * A {@code DEVMAP} or {@code DEVMAP_HASH} (kernel 5.4): network devices to which XDP programs
 * redirect frames; by slot, or by any number. With values of 8 bytes ({@code struct
 * bpf_devmap_val}, kernel 5.8) each entry may have an XDP program that sees the frame before it
 * leaves.
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
    this.slots =
        new ProgramSlots(map, "a map of devices", BpfMapType.DEVMAP, BpfMapType.DEVMAP_HASH);
  }

  /**
   * Where a frame goes.
   *
   * @param ifindex the device
   * @param programId the program that sees the frame before, 0 for none
   */
  public record Target(int ifindex, int programId) {}

  /**
   * Puts a device in.
   *
   * @param ifindex greater than 0
   * @return false when {@link Update#NO_EXIST} found a device or {@link Update#EXIST} found none
   * @throws io.github.bpf4j.error.BpfException when there is no such device; with errno E2BIG when
   *     the key is no slot, or the hash is full
   */
  public boolean update(int key, int ifindex, Update mode) {
    return slots.update(key, requireDevice(ifindex), null, mode);
  }

  /** The same with an XDP program ({@code BPF_XDP_DEVMAP}) that sees frames before they leave. */
  public boolean update(int key, int ifindex, Descriptor program, Update mode) {
    return slots.update(key, requireDevice(ifindex), program, mode);
  }

  // The kernel would take 0 for a word to empty the slot.
  private static int requireDevice(int ifindex) {
    if (ifindex <= 0) {
      throw new IllegalArgumentException("no device has the index " + ifindex);
    }
    return ifindex;
  }

  /** What is at a key; empty when nothing is. */
  public Optional<Target> lookup(int key) {
    return slots.lookup(key).map(entry -> new Target(entry.number(), entry.programId()));
  }

  /** Takes a device out; a {@code DEVMAP} does not tell whether there was one and says true. */
  public boolean delete(int key) {
    return slots.delete(key);
  }

  /** All devices; see {@link EntryCursor}. */
  public Snapshot<Integer, Target> snapshot() {
    return slots.snapshot(entry -> new Target(entry.number(), entry.programId()));
  }
}
