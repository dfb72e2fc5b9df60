package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.ProgramStreams;
import io.github.bpf4j.uapi.BpfStream;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Reads the streams of a program. */
final class StreamReader {
  private static final int BUFFER_BYTES = 8192;

  /** What the kernel keeps of a stream, and some: a program that goes on printing ends no read. */
  private static final int MOST_BYTES = 1 << 20;

  private StreamReader() {}

  /** Takes what there is; the caller holds the program. */
  static String read(int programFd, String program, BpfStream stream) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER_BYTES);
      int read;
      do {
        read = ProgramStreams.read(programFd, stream.number(), buffer);
        if (read < 0) {
          throw failed(program, stream, -read);
        }
        text.writeBytes(buffer.asSlice(0, read).toArray(ValueLayout.JAVA_BYTE));
      } while (read > 0 && text.size() < MOST_BYTES);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static BpfException failed(String program, BpfStream stream, int errno) {
    Failure failure = Failure.of("read", stream + " of program " + program, errno);
    // The command's number means nothing to an older kernel.
    return errno == Errno.EINVAL
        ? new BpfUnsupportedException(failure.because("programs have streams since kernel 6.17"))
        : new BpfException(failure);
  }
}
