package io.github.bpf4j.event;

import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.testing.Commands;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;

/** libbpf's own consumer of a ring buffer, with a callback in C. */
final class CRing implements AutoCloseable {
  private static final Path CALLBACKS = Path.of("../native/target/bench-objects/ring_callbacks.so");

  private final MemorySegment ring;

  private CRing(MemorySegment ring) {
    this.ring = ring;
  }

  /** Opens one, with a function of {@code ring_callbacks.c}. */
  static CRing open(RingObject object, String callback) {
    Commands.run("make", "--directory=../native", "--silent", "callbacks");
    SymbolLookup functions = SymbolLookup.libraryLookup(CALLBACKS, Arena.global());
    MemorySegment ring =
        libbpf_h.ring_buffer__new(
            object.map("events").fd(),
            functions.findOrThrow(callback),
            MemorySegment.NULL,
            MemorySegment.NULL);
    if (ring.address() == 0) {
      throw new AssertionError("libbpf made no ring buffer");
    }
    return new CRing(ring);
  }

  /** How many samples the callback took. */
  int consume() {
    return libbpf_h.ring_buffer__consume(ring);
  }

  /** The same, waiting for them. */
  int poll(int millis) {
    return libbpf_h.ring_buffer__poll(ring, millis);
  }

  @Override
  public void close() {
    libbpf_h.ring_buffer__free(ring);
  }
}
