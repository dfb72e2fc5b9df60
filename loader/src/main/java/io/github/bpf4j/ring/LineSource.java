package io.github.bpf4j.ring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.event.SampleHandler;
import io.github.bpf4j.libbpf.Descriptors;
import io.github.bpf4j.libbpf.Epoll;
import io.github.bpf4j.libbpf.Fd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A file of the kernel whose lines are samples, without the line's end.
 *
 * <pre>
 *   buffer   | handed on | whole lines, and the beginning of one |      room      |
 *                        ▲ start                                 ▲ end
 * </pre>
 *
 * <p>It is looked at every {@linkplain Epoll#sleep now and then}: kernels since 6.1 tell who waits
 * for trace_pipe of new lines only when half of the trace buffer is full.
 */
public final class LineSource extends Source {
  /** More than the longest line that the kernel makes, of two pages. */
  private static final int BUFFER_BYTES = 1 << 18;

  /** After so many reads a drain ends, however fast the lines come. */
  private static final int MOST_READS = 64;

  private final String path;
  private final Fd file;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);
  private final MemorySegment readOnly = buffer.asReadOnly();
  private int start;
  private int end;

  private LineSource(String path, Fd file, Epoll epoll) {
    super(path, "file", epoll, file.lease());
    this.path = path;
    this.file = file;
  }

  /** Opens a file. */
  public static LineSource open(String path) {
    Fd file = Descriptors.openNonBlocking(path);
    try {
      LineSource opened = new LineSource(path, file, Epoll.open(path));
      file.lease().acquire();
      return opened;
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  @Override
  int consume(SampleHandler handler, int limit) {
    int handled = handOn(handler, limit);
    for (int i = 0; i < MOST_READS && handled < limit && !isStopped() && read(); i++) {
      handled += handOn(handler, limit - handled);
    }
    return handled;
  }

  private int handOn(SampleHandler handler, int limit) {
    int handled = 0;
    for (int at = start; at < end && handled < limit && !isStopped(); at++) {
      if (buffer.get(JAVA_BYTE, at) == '\n') {
        int line = start;
        start = at + 1;
        handled++;
        handler.sample(readOnly, line, at - line);
      }
    }
    return handled;
  }

  /** False when there is nothing. */
  private boolean read() {
    MemorySegment.copy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
    int read = Descriptors.read(file.number(), buffer.asSlice(end));
    if (read < 0 && read != -Errno.EAGAIN && read != -Errno.EINTR) {
      throw new BpfException(Failure.of("read", path, -read));
    }
    end += Math.max(read, 0);
    return read > 0;
  }

  @Override
  boolean isReady() {
    return false;
  }

  @Override
  void free() {
    file.close();
    arena.close();
  }
}
