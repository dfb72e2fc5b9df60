package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_attr;
import io.github.bpf4j.bindings.uapi_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What a program prints to its own streams (kernel 6.17), by bpf(2): any libbpf will do. */
public final class ProgramStreams {
  private ProgramStreams() {}

  /**
   * Takes what there is.
   *
   * @param stream {@code BPF_STREAM_STDOUT} or {@code BPF_STREAM_STDERR}
   * @return how many bytes, 0 for none, or {@code -errno}
   */
  public static int read(int programFd, int stream, MemorySegment buffer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = bpf_attr.allocate(arena);
      MemorySegment read = bpf_attr.prog_stream_read(attributes);
      bpf_attr.prog_stream_read.stream_buf(read, buffer.address());
      bpf_attr.prog_stream_read.stream_buf_len(read, (int) buffer.byteSize());
      bpf_attr.prog_stream_read.stream_id(read, stream);
      bpf_attr.prog_stream_read.prog_fd(read, programFd);
      return SystemCalls.bpf(uapi_h.BPF_PROG_STREAM_READ_BY_FD(), attributes);
    }
  }
}
