package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.__sk_buff;
import io.github.bpf4j.bindings.bpf_test_run_opts;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.xdp_md;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@code BPF_PROG_TEST_RUN}: runs a program on given data, without its hook. */
public final class TestRuns {
  /** Room that a program may need to grow a packet, beyond what it was given. */
  private static final int GROWTH = 4096;

  private TestRuns() {}

  /**
   * What came out.
   *
   * @param verdict the program's return value
   * @param data the packet afterwards
   * @param nanos mean time of one run, in nanoseconds
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  public record Outcome(int verdict, byte[] data, long nanos) {}

  /**
   * Runs a program.
   *
   * @param context the program's context struct, empty to leave it to the kernel
   * @param repeat how often; 0 for programs that run once and take no number
   */
  public static Outcome run(int fd, String program, byte[] data, byte[] context, int repeat) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = bpf_test_run_opts.allocate(arena);
      bpf_test_run_opts.sz(options, bpf_test_run_opts.sizeof());
      bpf_test_run_opts.repeat(options, repeat);
      MemorySegment out = arena.allocate(data.length + GROWTH);
      if (data.length > 0) {
        bpf_test_run_opts.data_in(options, copy(data, arena));
        bpf_test_run_opts.data_size_in(options, data.length);
        bpf_test_run_opts.data_out(options, out);
        bpf_test_run_opts.data_size_out(options, (int) out.byteSize());
      }
      if (context.length > 0) {
        bpf_test_run_opts.ctx_in(options, copy(context, arena));
        bpf_test_run_opts.ctx_size_in(options, context.length);
      }
      Results.check(libbpf_h.bpf_prog_test_run_opts(fd, options), "run", "program " + program);
      int size = data.length > 0 ? bpf_test_run_opts.data_size_out(options) : 0;
      return new Outcome(
          bpf_test_run_opts.retval(options),
          out.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE),
          Integer.toUnsignedLong(bpf_test_run_opts.duration(options)));
    }
  }

  private static MemorySegment copy(byte[] bytes, Arena arena) {
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
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
