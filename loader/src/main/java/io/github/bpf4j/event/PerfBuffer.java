package io.github.bpf4j.event;

import java.util.List;

/**
 * A {@code BPF_MAP_TYPE_PERF_EVENT_ARRAY} (kernel 4.4), to which programs send by {@code
 * bpf_perf_event_output(context, &map, BPF_F_CURRENT_CPU, …)}: for kernels that have no ring
 * buffers.
 *
 * <p>Each CPU has a ring of its own. The samples of one CPU come in order; those of several CPUs
 * come one CPU after the other. A sample is up to 7 bytes longer than what the program sent: the
 * kernel pads it. It is copied once, to where it is whole and aligned, before the handler gets it.
 *
 * <p>A CPU that is brought up later is taken in within a second of taking samples; until then the
 * helper fails there with ENOENT. Samples that a CPU had sent before it was brought down still
 * come.
 *
 * <p>One reader: opening another on the same map takes the samples away from this one.
 */
public non-sealed interface PerfBuffer extends EventSource {

  /**
   * How many samples of a CPU found no room. The kernel tells with the next sample of that CPU that
   * finds some ({@code PERF_RECORD_LOST}), and this counts what was told to a drain.
   *
   * @throws IndexOutOfBoundsException when the map has no entry for the CPU
   */
  long lost(int cpu);

  /** The CPUs whose samples come, by number. */
  List<Integer> cpus();
}
