package io.github.bpf4j.map;

import io.github.bpf4j.map.DevMap.Target;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.Optional;

/**
 * A {@code DEVMAP_HASH} (kernel 5.4): network devices by any number, as a rule their own index;
 * otherwise as {@link DevMap}.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class DevMapHash {
  private final ProgramSlots slots;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when type or sizes are others
   */
  public DevMapHash(RawMap map) {
    this.slots = new ProgramSlots(map, "a hash of devices", BpfMapType.DEVMAP_HASH);
  }

  /**
   * Puts a device in, whatever was there.
   *
   * @param ifindex greater than 0
   * @throws io.github.bpf4j.error.BpfException when there is no such device; with errno E2BIG when
   *     the map is full
   */
  public void update(int key, int ifindex) {
    slots.update(key, DevMap.requireDevice(ifindex), null, Update.ANY);
  }

  /** The same with an XDP program ({@code xdp/devmap}) that sees frames before they leave. */
  public void update(int key, int ifindex, Descriptor program) {
    slots.update(key, DevMap.requireDevice(ifindex), program, Update.ANY);
  }

  /**
   * Puts a device in where there is none ({@code BPF_NOEXIST}).
   *
   * @return false when there is one, which stays
   */
  public boolean add(int key, int ifindex) {
    return slots.update(key, DevMap.requireDevice(ifindex), null, Update.NO_EXIST);
  }

  /** What is at a key; empty when nothing is. */
  public Optional<Target> lookup(int key) {
    return slots.lookup(key).map(Target::of);
  }

  /** Takes a device out; false when there is none at the key. */
  public boolean delete(int key) {
    return slots.delete(key);
  }

  /** All devices by key; see {@link EntryCursor}. */
  public Snapshot<Integer, Target> snapshot() {
    return slots.snapshot(Target::of);
  }
}
