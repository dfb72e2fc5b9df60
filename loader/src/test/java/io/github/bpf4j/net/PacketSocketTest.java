package io.github.bpf4j.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfLink;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.map.Counters;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames onto the wire, and what comes out at its other end. */
@KernelTest
final class PacketSocketTest {
  private static final int FRAMES = 5000;

  private static final byte[][] KINDS = {
    Frames.ipv4(6),
    Frames.ipv4(17),
    Frames.ipv6(58),
    Frames.tagged(Frames.ipv4(132)),
    Frames.tagged(Frames.tagged(Frames.ipv6(6))),
    Frames.tagged(Frames.tagged(Frames.tagged(Frames.ipv4(17)))),
    Frames.arp(),
  };

  /** What xdp1 counts them as: 0 is whatever is not IP, or below more than two tags. */
  private static final int[] PROTOCOLS = {6, 17, 58, 132, 6, 0, 0};

  private static final int ENETDOWN = 100;
  private static final int EMSGSIZE = 90;
  private static final int ENXIO = 6;
  private static final int EINVAL = 22;

  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = XdpMode.class,
      names = {"SKB", "NATIVE"})
  void framesSentAreFramesCountedAtTheOtherEnd(XdpMode mode) throws Exception {
    network.run(
        () -> {
          try (BpfObject object = TestObjects.load("xdp1_kern");
              BpfLink _ =
                  object.program("xdp_prog1").attach(XdpAttachPoint.on("right").mode(mode));
              PacketSocket socket = PacketSocket.on(NetworkDevice.of("left"))) {
            Counters counters = object.map("rxcnt").counters();
            long[] sent = new long[counters.size()];
            for (int i = 0; i < FRAMES; i++) {
              send(socket, KINDS[i % KINDS.length]);
              sent[PROTOCOLS[i % KINDS.length]]++;
              if (i % 50 == 49) {
                // The other end's queue is short, and drops what does not fit without a word.
                assertEquals(i + 1, LongStream.of(await(counters, i + 1)).sum());
              }
            }
            assertArrayEquals(sent, await(counters, FRAMES));
          }
        });
  }

  private static void send(PacketSocket socket, byte[] frame) {
    while (!socket.send(frame)) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
    }
  }

  private static long[] await(Counters counters, long frames) {
    long[] sums = new long[counters.size()];
    long start = System.nanoTime();
    counters.read(sums);
    while (LongStream.of(sums).sum() < frames
        && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10)) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
      counters.read(sums);
    }
    return sums;
  }

  @Test
  void aDeviceThatIsDownIsAnError() throws Exception {
    try (PacketSocket socket = open("left")) {
      assertTrue(socket.send(Frames.arp()));
      network.run(() -> Commands.run("ip", "link", "set", "dev", "left", "down"));
      BpfException down = fails(ENETDOWN, () -> socket.send(Frames.arp()));
      assertEquals(
          "cannot send a frame of 64 bytes to left: Network is down (ENETDOWN, 100)",
          down.sentence());
      network.run(() -> Commands.run("ip", "link", "set", "dev", "left", "up"));
      assertTrue(socket.send(Frames.arp()), "the socket is as good as before");
    }
  }

  @Test
  void aDeviceThatIsGoneIsAnError() throws Exception {
    NetworkDevice left = network.device("left");
    try (PacketSocket socket = open("left")) {
      network.run(() -> Commands.run("ip", "link", "del", "left"));
      fails(ENXIO, () -> socket.send(Frames.arp()));
    }
    BpfException gone =
        network.call(() -> assertThrows(BpfException.class, () -> PacketSocket.on(left)));
    assertTrue(gone.sentence().contains("packet socket to left"), gone.sentence());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 13})
  void aFrameShorterThanItsHeaderIsRefused(int length) throws Exception {
    try (PacketSocket socket = open("left")) {
      fails(EINVAL, () -> socket.send(new byte[length]));
    }
  }

  @Test
  void aFrameLongerThanTheDeviceTakesIsRefused() throws Exception {
    try (PacketSocket socket = open("left")) {
      assertTrue(socket.send(new byte[1500 + 14]));
      fails(EMSGSIZE, () -> socket.send(new byte[1500 + 14 + 5]));
      fails(EMSGSIZE, () -> socket.send(new byte[65536]));
      assertThrows(IndexOutOfBoundsException.class, () -> socket.send(new byte[65537]));
    }
  }

  @Test
  void afterCloseNothingIsSent() throws Exception {
    PacketSocket socket = open("left");
    socket.close();
    socket.close();
    IllegalStateException late =
        assertThrows(IllegalStateException.class, () -> socket.send(Frames.arp()));
    assertEquals("packet socket on left is closed", late.getMessage());
  }

  /** Opened inside, used from outside. */
  private PacketSocket open(String device) throws Exception {
    return network.call(() -> PacketSocket.on(NetworkDevice.of(device)));
  }

  private static BpfException fails(int errno, Executable send) {
    BpfException failed = assertThrows(BpfException.class, send);
    assertEquals("send", failed.operation());
    assertEquals(errno, failed.errno().orElseThrow(), failed.sentence());
    return failed;
  }
}
