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
   * Where a frame waits for its CPU.
   *
   * @param queueSize frames that the queue holds
   * @param programId the program that sees the frame on that CPU, 0 for none
   */
  public record Target(int queueSize, int programId) {}

  /**
   * Lets frames be redirected to a CPU.
   *
   * @param queueSize 1 to 16384 frames
   * @return false when {@link Update#NO_EXIST} found an entry or {@link Update#EXIST} found none
   * @throws io.github.bpf4j.error.BpfException when there is no such CPU or the queue is too long
   * @throws IndexOutOfBoundsException when the map has no such slot
   */
  public boolean update(int cpu, int queueSize, Update mode) {
    return slots.update(slots.slot(cpu), requireQueue(queueSize), null, mode);
  }

  /** The same with an XDP program ({@code BPF_XDP_CPUMAP}) that sees frames on that CPU. */
  public boolean update(int cpu, int queueSize, Descriptor program, Update mode) {
    return slots.update(slots.slot(cpu), requireQueue(queueSize), program, mode);
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
    return slots
        .lookup(slots.slot(cpu))
        .map(entry -> new Target(entry.number(), entry.programId()));
  }

  /** Takes a CPU out, whether it was in or not, which the kernel does not tell. */
  public void clear(int cpu) {
    slots.delete(slots.slot(cpu));
  }

  /** All CPUs that are in; see {@link EntryCursor}. */
  public Snapshot<Integer, Target> snapshot() {
    return slots.snapshot(entry -> new Target(entry.number(), entry.programId()));
  }
}
