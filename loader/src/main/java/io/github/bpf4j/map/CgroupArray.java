package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.nio.file.Path;

/**
 * A {@code CGROUP_ARRAY}: cgroups (version 2) by slot, against which {@code
 * bpf_current_task_under_cgroup} and {@code bpf_skb_under_cgroup} test. The kernel tells nothing
 * back of what is in it.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class CgroupArray {
  private final Slots<Integer> slots;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when the type is another
   */
  public CgroupArray(RawMap map) {
    this.slots = new Slots<>(map, "an array of cgroups", Codec.s32(), BpfMapType.CGROUP_ARRAY);
  }

  /** How many slots there are. */
  public int size() {
    return slots.map().maxEntries();
  }

  /**
   * Puts a cgroup in a slot, whatever was there.
   *
   * @param cgroup its folder, such as {@code /sys/fs/cgroup/system.slice}
   * @throws IndexOutOfBoundsException when there is no such slot
   */
  public void set(int slot, Path cgroup) {
    set(slot, Owners.path(cgroup));
  }

  /** The same by a descriptor of the cgroup's folder. */
  public void set(int slot, Descriptor cgroup) {
    slots.set(Requirement.slot(slots.map(), slot), cgroup, Update.ANY);
  }

  /** Empties a slot; false when it was empty. */
  public boolean clear(int slot) {
    return slots.clear(Requirement.slot(slots.map(), slot));
  }
}
