package io.github.bpf4j;

import io.github.bpf4j.libbpf.TestRuns;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.uapi.BpfProgramType;
import org.jspecify.annotations.Nullable;

/**
 * What {@link BpfProgram#run} runs a program on.
 *
 * <p>Immutable; the arrays are copied.
 */
public final class RunInput {
  private static final byte[] NONE = {};

  private final byte[] data;
  private final byte[] context;
  private final int repeat;
  private final @Nullable NetworkDevice device;

  private RunInput(byte[] data, byte[] context, int repeat, @Nullable NetworkDevice device) {
    this.data = data;
    this.context = context;
    this.repeat = repeat;
    this.device = device;
  }

  /**
   * A packet.
   *
   * @param frame from the first byte of the Ethernet header on, without checksum; at least 14 bytes
   */
  public static RunInput packet(byte[] frame) {
    return new RunInput(frame.clone(), NONE, 1, null);
  }

  /**
   * No packet, but the program's context as bytes: of a {@code syscall} program its argument
   * (kernel 5.14), of a {@code raw_tp} program the arguments of the tracepoint, 8 bytes each
   * (kernel 5.10). The program runs once.
   */
  public static RunInput context(byte... bytes) {
    return new RunInput(NONE, bytes.clone(), 1, null);
  }

  /**
   * Runs it many times in one call.
   *
   * @param times 1 or more
   */
  public RunInput repeat(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("repeat must be 1 or more, not " + times);
    }
    return new RunInput(data, context, times, device);
  }

  /**
   * Says which device the packet is on, in {@code ifindex} of {@code struct __sk_buff} (kernel
   * 5.10) or {@code ingress_ifindex} of {@code struct xdp_md} (kernel 5.15); the loopback device
   * otherwise.
   */
  public RunInput on(NetworkDevice newDevice) {
    return new RunInput(data, context, repeat, newDevice);
  }

  byte[] data() {
    return data;
  }

  /** How often, as the kernel takes it: programs that run only once so take no number at all. */
  int repeatFor(BpfProgramType type) {
    return switch (type) {
      case SYSCALL, RAW_TRACEPOINT -> repeat == 1 ? 0 : repeat;
      default -> repeat;
    };
  }

  byte[] contextFor(BpfProgramType type) {
    if (device == null) {
      return context;
    }
    return type == BpfProgramType.XDP
        ? TestRuns.xdpOn(device.index(), data.length)
        : TestRuns.skbOn(device.index());
  }
}
