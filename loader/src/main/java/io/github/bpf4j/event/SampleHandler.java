package io.github.bpf4j.event;

import java.lang.foreign.MemorySegment;

/**
 * Takes one sample: the bytes that a BPF program sent, lent for the time of the call.
 *
 * <pre>
 *   data    … | header | sample              | header | sample …
 *                      ^ offset    length    ^
 * </pre>
 *
 * <p>The sample lies in a segment that holds others too: read it from {@code offset} on, and no
 * more than {@code length} bytes of it. After the call the kernel writes something else there. Who
 * needs the sample longer copies it.
 */
@FunctionalInterface
public interface SampleHandler {
  /**
   * Takes a sample. What it throws ends the drain and reaches the caller; the sample counts as
   * consumed.
   *
   * @param data read-only memory in which the sample lies
   * @param offset where it begins, aligned to 8 bytes
   * @param length how many bytes it has
   */
  void sample(MemorySegment data, long offset, int length);
}
