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
  private final byte[] data;
  private final int repeat;
  private final @Nullable NetworkDevice device;

  private RunInput(byte[] data, int repeat, @Nullable NetworkDevice device) {
    this.data = data;
    this.repeat = repeat;
    this.device = device;
  }

  /**
   * A packet.
   *
   * @param frame from the first byte of the Ethernet header on, without checksum; at least 14 bytes
   */
  public static RunInput packet(byte[] frame) {
    return new RunInput(frame.clone(), 1, null);
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
    return new RunInput(data, times, device);
  }

  /**
   * Says which device the packet is on, in {@code ifindex} of {@code struct __sk_buff} (kernel
   * 5.10) or {@code ingress_ifindex} of {@code struct xdp_md} (kernel 5.15); the loopback device
   * otherwise.
   */
  public RunInput on(NetworkDevice newDevice) {
    return new RunInput(data, repeat, newDevice);
  }

  byte[] data() {
    return data;
  }

  int repeat() {
    return repeat;
  }

  byte[] contextFor(BpfProgramType type) {
    if (device == null) {
      return new byte[0];
    }
    return type == BpfProgramType.XDP
        ? TestRuns.xdpOn(device.index(), data.length)
        : TestRuns.skbOn(device.index());
  }
}
