package io.github.bpf4j;

import io.github.bpf4j.libbpf.TestRuns;
import io.github.bpf4j.libbpf.TestRuns.ContextOut;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.uapi.BpfProgramType;
import org.jspecify.annotations.Nullable;

/**
 * What {@link BpfProgram#run} runs a program on.
 *
 * <pre>{@code
 * RunInput.packet(frame)                                // XDP, TC, socket filters …: one run
 * RunInput.packet(frame).on(device).repeat(1_000_000)   // the mean time of a run
 * RunInput.packet(frame).on(device).liveFrames().repeat(64)   // and sends what comes out
 * RunInput.context(arguments)                           // syscall programs, raw tracepoints
 * }</pre>
 *
 * <p>Immutable: each method returns another input; arrays are copied.
 */
public final class RunInput {
  private static final byte[] NONE = {};

  private final byte[] data;
  private final byte[] context;
  private final int repeat;
  private final @Nullable NetworkDevice device;
  private final int flags;
  private final int cpu;
  private final int batch;

  private RunInput(
      byte[] data,
      byte[] context,
      int repeat,
      @Nullable NetworkDevice device,
      int flags,
      int cpu,
      int batch) {
    this.data = data;
    this.context = context;
    this.repeat = repeat;
    this.device = device;
    this.flags = flags;
    this.cpu = cpu;
    this.batch = batch;
  }

  /**
   * A packet.
   *
   * @param frame from the first byte of the Ethernet header on, without checksum; at least 14 bytes
   */
  public static RunInput packet(byte[] frame) {
    return new RunInput(frame.clone(), NONE, 1, null, 0, 0, 0);
  }

  /**
   * No packet, but the program's context as bytes: of a {@code syscall} program its argument
   * (kernel 5.14), of a {@code raw_tp} program the arguments of the tracepoint, 8 bytes each
   * (kernel 5.10), of an {@code sk_lookup} program its {@code struct bpf_sk_lookup}. The first two
   * run once.
   */
  public static RunInput context(byte... bytes) {
    return new RunInput(NONE, bytes.clone(), 1, null, 0, 0, 0);
  }

  /**
   * The same with the context's struct, as the program sees it: {@code struct __sk_buff} (kernel
   * 5.2), {@code struct xdp_md} (5.15); fields that the kernel takes from nobody have to be 0.
   * Instead of {@link #on}.
   *
   * @param bytes the struct in this machine's byte order, or the first part of it
   */
  public RunInput withContext(byte... bytes) {
    return new RunInput(data, bytes.clone(), repeat, null, flags, cpu, batch);
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
    return new RunInput(data, context, times, device, flags, cpu, batch);
  }

  /**
   * Says which device the packet is on, in {@code ifindex} of {@code struct __sk_buff} (kernel
   * 5.10) or {@code ingress_ifindex} of {@code struct xdp_md} (kernel 5.15); the loopback device
   * otherwise. Instead of {@link #withContext}.
   */
  public RunInput on(NetworkDevice newDevice) {
    return new RunInput(data, NONE, repeat, newDevice, flags, cpu, batch);
  }

  /** Runs a {@code raw_tp} program on a CPU (kernel 5.10); others take no such wish. */
  public RunInput onCpu(int newCpu) {
    return new RunInput(data, context, repeat, device, flags | TestRuns.ON_CPU, newCpu, batch);
  }

  /**
   * Does what the program says, with {@link #repeat} frames: {@code XDP_TX} and {@code
   * XDP_REDIRECT} send, {@code XDP_PASS} hands to the network stack as received by the device
   * (kernel 5.18). Nothing comes back then but the verdict of the last frame and the time.
   */
  public RunInput liveFrames() {
    return liveFrames(0);
  }

  /**
   * The same, so many frames at once.
   *
   * @param atOnce at most 256; 0 for the kernel's 64
   */
  public RunInput liveFrames(int atOnce) {
    if (atOnce < 0) {
      throw new IllegalArgumentException("a batch has 0 frames or more, not " + atOnce);
    }
    return new RunInput(data, context, repeat, device, flags | TestRuns.LIVE_FRAMES, cpu, atOnce);
  }

  TestRuns.Request requestFor(BpfProgramType type) {
    return new TestRuns.Request(
        data, contextFor(type), contextOut(type), repeatFor(type), flags, cpu, batch);
  }

  /** How often, as the kernel takes it: programs that run only once so take no number at all. */
  private int repeatFor(BpfProgramType type) {
    return switch (type) {
      case SYSCALL, RAW_TRACEPOINT -> repeat == 1 ? 0 : repeat;
      default -> repeat;
    };
  }

  private static ContextOut contextOut(BpfProgramType type) {
    return switch (type) {
      case SYSCALL -> ContextOut.IN_PLACE;
      case RAW_TRACEPOINT -> ContextOut.NONE;
      default -> ContextOut.COPY;
    };
  }

  private byte[] contextFor(BpfProgramType type) {
    if (device == null) {
      return context;
    }
    return type == BpfProgramType.XDP
        ? TestRuns.xdpOn(device.index(), data.length)
        : TestRuns.skbOn(device.index());
  }
}
