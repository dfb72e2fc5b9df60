package io.github.bpf4j.event;

import java.util.OptionalLong;

/**
 * A {@code BPF_MAP_TYPE_RINGBUF} (kernel 5.8), read where the kernel writes it.
 *
 * <p>One consumer: whoever else reads the same map (another of these, another process that has it
 * pinned) takes samples away and mixes up the positions.
 *
 * @see <a href="https://docs.kernel.org/bpf/ringbuf.html">BPF ring buffer</a>
 */
public non-sealed interface RingBuffer extends EventSource {

  /**
   * What the BPF program has counted: by the map beside this one that has the same name with {@code
   * _dropped} behind it, or by the counter that was given when this was opened; empty without
   * either.
   *
   * @throws IllegalStateException when the object that has the counter is closed
   */
  @Override
  OptionalLong lost();

  /** How full it is; costs no system call. */
  RingFill fill();
}
