package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Where the kernel writes the verifier's log: so large that no log is cut, and free of cost until
 * it is written, because untouched pages of an anonymous mapping take no memory. libbpf asks for
 * the log only after a load without one has failed, and stops at the first program that fails; one
 * buffer serves all programs of an object.
 */
final class VerifierLogBuffer implements AutoCloseable {
  /** The kernel takes logs up to 1 GiB; the largest seen are some tens of MiB. */
  private static final long BYTES = 256L << 20;

  private final MemorySegment buffer;

  @SuppressWarnings("restricted") // mmap returned so many bytes
  VerifierLogBuffer() {
    MemorySegment mapped =
        libc_h.mmap(
            MemorySegment.NULL,
            BYTES,
            libc_h.PROT_READ() | libc_h.PROT_WRITE(),
            libc_h.MAP_PRIVATE() | libc_h.MAP_ANONYMOUS() | libc_h.MAP_NORESERVE(),
            -1,
            0);
    if (mapped.address() == -1L) {
      throw new OutOfMemoryError("no address space for a verifier log of " + BYTES + " bytes");
    }
    buffer = mapped.reinterpret(BYTES);
  }

  MemorySegment segment() {
    return buffer;
  }

  /** What was written; empty when no program came as far as the verifier. */
  String text() {
    long length = 0;
    while (length < BYTES && buffer.get(ValueLayout.JAVA_BYTE, length) != 0) {
      length++;
    }
    byte[] bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    libc_h.munmap(buffer, BYTES);
  }
}
