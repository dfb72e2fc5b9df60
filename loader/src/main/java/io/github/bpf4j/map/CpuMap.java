package io.github.bpf4j.map;

import io.github.bpf4j.uapi.BpfMapType;
import java.util.Optional;

/**
 * A {@code CPUMAP} (kernel 4.15): CPUs to which XDP programs redirect frames, by number, each with
 * a queue. With values of 8 bytes ({@code struct bpf_cpumap_val}, kernel 5.9) each entry may have
 * an XDP program that sees the frame on that CPU.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public final class CpuMap {
  private final ProgramSlots slots;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when type or sizes are others
   */
  public CpuMap(RawMap map) {
    this.slots = new ProgramSlots(map, "a map of CPUs", BpfMapType.CPUMAP);
  }

  /**
   * Where frames wait for their CPU.
   *
   * @param queueSize how many the queue holds
   * @param programId the program that sees them on that CPU, 0 for none
   */
  public record Target(int queueSize, int programId) {
    static Target of(ProgramSlots.Entry entry) {
      return new Target(entry.number(), entry.programId());
    }
  }

  /**
   * Lets frames be redirected to a CPU, with a new queue.
   *
   * @param queueSize 1 to 16384 frames
   * @throws io.github.bpf4j.error.BpfException when there is no such CPU or the queue is too long
   * @throws IndexOutOfBoundsException when the map has no such slot
   */
  public void set(int cpu, int queueSize) {
    slots.update(slots.slot(cpu), requireQueue(queueSize), null, Update.ANY);
  }

  /** The same with an XDP program ({@code xdp/cpumap}) that sees frames on that CPU. */
  public void set(int cpu, int queueSize, Descriptor program) {
    slots.update(slots.slot(cpu), requireQueue(queueSize), program, Update.ANY);
  }

  // The kernel would take 0 for a word to empty the slot.
  private static int requireQueue(int size) {
    if (size <= 0) {
      throw new IllegalArgumentException("a queue has room for 1 frame or more, not " + size);
    }
    return size;
  }

  /** What is at a CPU; empty when nothing is. */
  public Optional<Target> lookup(int cpu) {
    return slots.lookup(slots.slot(cpu)).map(Target::of);
  }

  /** Takes a CPU out, whether it was in or not, which the kernel does not tell. */
  public void clear(int cpu) {
    slots.delete(slots.slot(cpu));
  }

  /** All CPUs that are in; see {@link EntryCursor}. */
  public Snapshot<Integer, Target> snapshot() {
    return slots.snapshot(Target::of);
  }
}
