package io.github.bpf4j.event;

/**
 * A {@code BPF_MAP_TYPE_RINGBUF} (kernel 5.8), read where the kernel writes it.
 *
 * <p>One consumer: whoever else reads the same map (another of these, another process that has it
 * pinned) takes samples away and mixes up the positions.
 *
 * @see <a href="https://docs.kernel.org/bpf/ringbuf.html">BPF ring buffer</a>
 */
public non-sealed interface RingBuffer extends EventSource {

  /** How full it is; costs no system call. */
  RingFill fill();
}
