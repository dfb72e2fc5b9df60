package io.github.bpf4j;

import io.github.bpf4j.error.Errno;
import io.github.bpf4j.libbpf.Descriptors;
import io.github.bpf4j.libbpf.Fd;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** One walk of an iterator. The kernel runs the program as it is read. */
final class IteratorStream extends InputStream {
  /** The kernel writes a page or more at once. */
  private static final int BUFFER = 64 << 10;

  private final Fd walk;
  private final String name;
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER);
  private int position;
  private int limit;

  IteratorStream(Fd walk, String name) {
    this.walk = walk;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    return fill() ? Byte.toUnsignedInt(buffer.get(ValueLayout.JAVA_BYTE, position++)) : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, position, bytes, offset, count);
    position += count;
    return count;
  }

  /** False at the end. */
  private boolean fill() throws IOException {
    while (position == limit) {
      int read = readOnce();
      if (read == 0) {
        return false;
      }
      // EAGAIN: a million objects in a row of which the program wrote nothing.
      if (read < 0 && read != -Errno.EAGAIN && read != -Errno.EINTR) {
        throw new IOException("cannot read " + name + ": " + Errno.describe(-read));
      }
      position = 0;
      limit = Math.max(read, 0);
    }
    return true;
  }

  private int readOnce() throws IOException {
    if (walk.lease().isClosed()) {
      throw new IOException("the stream of " + name + " is closed");
    }
    walk.lease().acquire();
    try {
      return Descriptors.read(walk.number(), buffer);
    } finally {
      walk.lease().release();
    }
  }

  @Override
  public void close() {
    walk.close();
  }
}
