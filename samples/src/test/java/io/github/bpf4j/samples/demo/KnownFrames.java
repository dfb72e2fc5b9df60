package io.github.bpf4j.samples.demo;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.net.PacketSocket;
import io.github.bpf4j.samples.report.Protocols;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;

/** Frames of all kinds, sent at once and counted by the IP protocol that they carry. */
public final class KnownFrames {
  private static final int TRIES = 10_000;
  private static final long PAUSE_NANOS = 100_000;

  private KnownFrames() {}

  /**
   * Sends so many rounds of frames, as the demo does, out of a device.
   *
   * @return how many, by protocol
   */
  public static Map<Integer, Long> sendRounds(NetworkDevice device, int rounds) {
    return send(device, kind -> rounds * kind.perRound());
  }

  /**
   * Sends so many frames of each kind out of a device.
   *
   * @return how many, by protocol
   */
  public static Map<Integer, Long> sendOfEachKind(NetworkDevice device, int frames) {
    return send(device, _ -> frames);
  }

  private static Map<Integer, Long> send(NetworkDevice device, ToIntFunction<FrameKind> count) {
    Map<Integer, Long> sent = new TreeMap<>();
    try (PacketSocket socket = PacketSocket.on(device)) {
      for (FrameKind kind : FrameKind.values()) {
        int frames = count.applyAsInt(kind);
        for (int i = 0; i < frames; i++) {
          send(socket, kind.frame());
        }
        sent.merge(kind.protocol(), (long) frames, Long::sum);
      }
    }
    return sent;
  }

  private static void send(PacketSocket socket, byte[] frame) {
    for (int i = 0; !socket.send(frame); i++) {
      if (i == TRIES) {
        throw new AssertionError("the device takes no more frames");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** What xdp1 prints when so many came in an interval of a second. */
  public static String asText(Map<Integer, Long> packets) {
    StringBuilder text = new StringBuilder();
    packets.forEach(
        (protocol, count) ->
            text.append(String.format(Locale.ROOT, "proto %d: %10d pkt/s\n", protocol, count)));
    return text.toString();
  }

  /** What xdp1 prints of them when it ends. */
  public static String asSummary(Map<Integer, Long> packets) {
    long all = packets.values().stream().mapToLong(Long::longValue).sum();
    return all
        + " packets ("
        + String.join(
            ", ",
            packets.entrySet().stream()
                .map(packet -> Protocols.label(packet.getKey()) + " " + packet.getValue())
                .toList())
        + ")";
  }
}
