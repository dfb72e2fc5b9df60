import org.jspecify.annotations.NullMarked;

/**
 * BPF from Java: load objects into the Linux kernel through the system's libbpf, attach them, read
 * what they count. Start at {@link io.github.bpf4j.BpfObject}.
 */
@NullMarked
module io.github.bpf4j.loader {
  requires io.github.bpf4j.bindings;
  requires org.slf4j;
  requires static org.jspecify;

  exports io.github.bpf4j;
  exports io.github.bpf4j.attach;
  exports io.github.bpf4j.codec;
  exports io.github.bpf4j.ctype;
  exports io.github.bpf4j.error;
  exports io.github.bpf4j.event;
  exports io.github.bpf4j.map;
  exports io.github.bpf4j.net;
  exports io.github.bpf4j.rate;
  exports io.github.bpf4j.system;
  exports io.github.bpf4j.uapi;
}
