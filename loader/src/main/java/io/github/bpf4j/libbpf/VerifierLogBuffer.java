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

  private static final long MOST_KEPT = 16L << 20;

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

  /**
   * What was written; empty when no program came as far as the verifier. Of a log that would fill a
   * small heap, the end, where the reason stands.
   */
  String text() {
    long length = 0;
    while (length < BYTES && buffer.get(ValueLayout.JAVA_BYTE, length) != 0) {
      length++;
    }
    long first = Math.max(0, length - MOST_KEPT);
    byte[] bytes = buffer.asSlice(first, length - first).toArray(ValueLayout.JAVA_BYTE);
    String kept = new String(bytes, StandardCharsets.ISO_8859_1);
    return first == 0 ? kept : "[" + first + " bytes left out]\n" + kept;
  }

  @Override
  public void close() {
    libc_h.munmap(buffer, BYTES);
  }
}
