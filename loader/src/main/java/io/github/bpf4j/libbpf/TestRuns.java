package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.__sk_buff;
import io.github.bpf4j.bindings.bpf_test_run_opts;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.xdp_md;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/** {@code BPF_PROG_TEST_RUN}: runs a program on given data, without its hook. */
public final class TestRuns {
  /** {@code BPF_F_TEST_RUN_ON_CPU}. */
  public static final int ON_CPU = 1;

  /** {@code BPF_F_TEST_XDP_LIVE_FRAMES}. */
  public static final int LIVE_FRAMES = 1 << 1;

  /**
   * How many frames the kernel takes at once when it is not told. It is told: kernels that know no
   * live frames (before 5.18) take no notice of the flag, but refuse a batch.
   */
  static final int LIVE_BATCH = 64;

  /** Room that a program may need to grow a packet or context, beyond what it was given. */
  private static final int GROWTH = 4096;

  private static final byte[] NOTHING = {};

  private TestRuns() {}

  /** Where the kernel leaves the context after the run. */
  public enum ContextOut {
    /** Nowhere. */
    NONE,
    /** Where it was given. */
    IN_PLACE,
    /** In a place of its own. */
    COPY
  }

  /**
   * What to run on.
   *
   * @param data the packet, empty for none
   * @param context the program's context struct, empty to leave it to the kernel
   * @param repeat how often; 0 for programs that run once and take no number
   * @param flags {@code BPF_F_TEST_*}
   * @param cpu where, with {@link #ON_CPU}
   * @param batch how many frames at once, with {@link #LIVE_FRAMES}; 0 for the kernel's number
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  public record Request(
      byte[] data,
      byte[] context,
      ContextOut contextOut,
      int repeat,
      int flags,
      int cpu,
      int batch) {}

  /**
   * What came out.
   *
   * @param verdict the program's return value
   * @param data the packet afterwards
   * @param context the context afterwards
   * @param nanos mean time of one run, in nanoseconds
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  public record Outcome(int verdict, byte[] data, byte[] context, long nanos) {}

  /** Runs a program. */
  public static Outcome run(int fd, String program, Request request) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = bpf_test_run_opts.allocate(arena);
      bpf_test_run_opts.sz(options, bpf_test_run_opts.sizeof());
      bpf_test_run_opts.repeat(options, request.repeat);
      bpf_test_run_opts.flags(options, request.flags);
      bpf_test_run_opts.cpu(options, request.cpu);
      // Frames that are sent do not come back.
      boolean comesBack = (request.flags & LIVE_FRAMES) == 0;
      boolean told = comesBack || request.batch > 0;
      bpf_test_run_opts.batch_size(options, told ? request.batch : LIVE_BATCH);
      byte[] data = request.data;
      MemorySegment dataOut = room(data, arena);
      if (data.length > 0) {
        bpf_test_run_opts.data_in(options, copy(data, arena));
        bpf_test_run_opts.data_size_in(options, data.length);
        if (comesBack) {
          bpf_test_run_opts.data_out(options, dataOut);
          bpf_test_run_opts.data_size_out(options, (int) dataOut.byteSize());
        }
      }
      byte[] context = request.context;
      MemorySegment contextIn = copy(context, arena);
      MemorySegment contextOut = room(context, arena);
      if (context.length > 0) {
        bpf_test_run_opts.ctx_in(options, contextIn);
        bpf_test_run_opts.ctx_size_in(options, context.length);
        if (comesBack && request.contextOut == ContextOut.COPY) {
          bpf_test_run_opts.ctx_out(options, contextOut);
          bpf_test_run_opts.ctx_size_out(options, (int) contextOut.byteSize());
        }
      }
      Results.check(libbpf_h.bpf_prog_test_run_opts(fd, options), "run", "program " + program);
      return new Outcome(
          bpf_test_run_opts.retval(options),
          bytes(
              dataOut, comesBack && data.length > 0 ? bpf_test_run_opts.data_size_out(options) : 0),
          request.contextOut == ContextOut.IN_PLACE
              ? bytes(contextIn, context.length)
              : bytes(contextOut, bpf_test_run_opts.ctx_size_out(options)),
          Integer.toUnsignedLong(bpf_test_run_opts.duration(options)));
    }
  }

  private static MemorySegment room(byte[] in, SegmentAllocator allocator) {
    return allocator.allocate(in.length == 0 ? 0 : in.length + GROWTH, Long.BYTES);
  }

  // Aligned: the kernel takes a context of any alignment, and a reader of structs does not.
  private static MemorySegment copy(byte[] bytes, SegmentAllocator allocator) {
    return allocator.allocate(bytes.length, Long.BYTES).copyFrom(MemorySegment.ofArray(bytes));
  }

  private static byte[] bytes(MemorySegment segment, int size) {
    return size == 0 ? NOTHING : segment.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
  }

  /** A {@code struct __sk_buff} that says which device the packet is on (kernel 5.10). */
  public static byte[] skbOn(int ifindex) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment skb = __sk_buff.allocate(arena);
      __sk_buff.ifindex(skb, ifindex);
      return skb.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** A {@code struct xdp_md} of a packet that came in by a device (kernel 5.15). */
  public static byte[] xdpOn(int ifindex, int packetSize) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment xdp = xdp_md.allocate(arena);
      xdp_md.data_end(xdp, packetSize);
      xdp_md.ingress_ifindex(xdp, ifindex);
      return xdp.toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
