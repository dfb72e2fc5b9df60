package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.Capability;

/** {@code BPF_ITER_CREATE} (kernel 5.8). */
public final class Iterators {
  private Iterators() {}

  /** Begins a walk: a descriptor to read what the program writes. */
  public static Fd create(LinkHandle link, String name) {
    link.lease().acquire();
    try {
      Libbpf.require();
      int fd = libbpf_h.bpf_iter_create(link.fd());
      if (fd < 0) {
        throw Results.failed("read", name, -fd, Capability.neededBy(BpfProgramType.TRACING));
      }
      return new Fd(fd, name);
    } finally {
      link.lease().release();
    }
  }
}
