package io.github.bpf4j.samples.demo;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.net.PacketSocket;
import io.github.bpf4j.samples.cli.CommandFailedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Known traffic out of a device: a round of all {@link FrameKind}s every 100 ms, on a thread of its
 * own. What the device took is what was sent; a frame that finds its queue full is sent again.
 */
final class Traffic {
  private static final int ROUNDS_PER_SECOND = 10;
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1) / ROUNDS_PER_SECOND;
  private static final long PAUSE_NANOS = 100_000;
  private static final int TRIES = 10_000;

  private final Thread thread;
  private final long[] sent = new long[256];
  private volatile boolean stopped;

  private Traffic(NetworkDevice device, int seconds) {
    PacketSocket socket = PacketSocket.on(device);
    thread =
        Thread.ofPlatform()
            .name("bpf4j-traffic")
            .daemon()
            .start(() -> run(socket, seconds * ROUNDS_PER_SECOND));
  }

  /** Starts to send, for so many seconds. */
  static Traffic start(NetworkDevice device, int seconds) {
    return new Traffic(device, seconds);
  }

  private void run(PacketSocket socket, int rounds) {
    try (socket) {
      long deadline = System.nanoTime();
      for (int round = 0; round < rounds && !stopped; round++) {
        sendRound(socket);
        deadline += ROUND_NANOS;
        while (!stopped && deadline - System.nanoTime() > 0) {
          LockSupport.parkNanos(deadline - System.nanoTime());
        }
      }
    }
  }

  private void sendRound(PacketSocket socket) {
    for (FrameKind kind : FrameKind.values()) {
      for (int i = 0; i < kind.perRound(); i++) {
        send(socket, kind);
      }
    }
  }

  private void send(PacketSocket socket, FrameKind kind) {
    for (int i = 0; i < TRIES; i++) {
      if (socket.send(kind.frame())) {
        sent[kind.protocol()]++;
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new CommandFailedException("the demo's device takes no more frames");
  }

  /** Ends early or waits for the end; the sums are complete afterwards. */
  long[] finish(boolean early) {
    stopped = early;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return sent.clone();
  }
}
