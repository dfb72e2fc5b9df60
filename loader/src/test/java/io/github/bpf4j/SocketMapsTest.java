package io.github.bpf4j;

import static io.github.bpf4j.MapRequests.NOTHING;
import static io.github.bpf4j.MapRequests.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.map.Descriptor;
import io.github.bpf4j.map.LocalStorage;
import io.github.bpf4j.map.ReuseportSockArray;
import io.github.bpf4j.map.SockHash;
import io.github.bpf4j.map.SockMap;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.NativeSocket;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapFlag;
import io.github.bpf4j.uapi.BpfMapType;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Maps of sockets, which BPF programs find by their keys. */
@KernelTest
final class SocketMapsTest {
  private static final int SIZE = 4;

  private BpfObject object;

  @BeforeEach
  void load() {
    object = TestObjects.load("socket_maps");
  }

  @AfterEach
  void close() {
    object.close();
  }

  @Test
  void aSocketIsFoundInItsSlot() throws SocketException {
    int port = freePort();
    SockMap sockets = object.map("sockmap").sockMap();
    assertEquals(SIZE, sockets.size());
    try (NativeSocket udp = NativeSocket.udp().bind(port);
        NativeSocket other = NativeSocket.udp().bind(freePort());
        NativeSocket foreign = NativeSocket.xdp()) {
      Descriptor socket = Descriptor.of(udp.fd());
      assertEquals(OptionalLong.empty(), sockets.cookie(1));
      assertFalse(sockets.set(1, socket, Update.EXIST));
      assertTrue(sockets.set(1, socket, Update.NO_EXIST));
      assertFalse(sockets.set(1, Descriptor.of(other.fd()), Update.NO_EXIST));
      assertEquals(OptionalLong.of(udp.cookie()), sockets.cookie(1));
      assertEquals(port, run(object, "port_in_sockmap", 1));
      assertEquals(NOTHING, run(object, "port_in_sockmap", 2));
      assertEquals(udp.cookie(), dumped("sockmap", MapDump.hex(1)));
      assertTrue(sockets.clear(1));
      assertFalse(sockets.clear(1));
      assertEquals(NOTHING, run(object, "port_in_sockmap", 1));
      assertThrows(IndexOutOfBoundsException.class, () -> sockets.set(SIZE, socket, Update.ANY));
      refuses(
          "no socket that it takes: TCP connected",
          () -> sockets.set(0, Descriptor.of(foreign.fd()), Update.ANY));
      refuses("no socket that it takes", () -> sockets.set(0, object.map("sockmap"), Update.ANY));
      sockets.set(3, socket, Update.ANY);
    }
    assertEquals(OptionalLong.empty(), sockets.cookie(3), "a closed socket goes by itself");
  }

  @Test
  void cookiesTakeValuesOfEightBytes() {
    SockMap sockets = object.map("sockmap_without_cookies").sockMap();
    refuses("only where values have 8 bytes, not 4", () -> sockets.cookie(0));
  }

  @Test
  void aSocketIsFoundByItsKey() throws SocketException {
    int port = freePort();
    SockHash<Long> sockets = object.map("sockhash").sockHash(Codec.u64());
    try (NativeSocket udp = NativeSocket.udp().bind(port)) {
      Descriptor socket = Descriptor.of(udp.fd());
      assertEquals(OptionalLong.empty(), sockets.cookie(1000L));
      assertFalse(sockets.update(1000L, socket, Update.EXIST));
      assertTrue(sockets.update(1000L, socket, Update.NO_EXIST));
      assertFalse(sockets.update(1000L, socket, Update.NO_EXIST));
      assertEquals(OptionalLong.of(udp.cookie()), sockets.cookie(1000L));
      assertEquals(port, run(object, "port_in_sockhash", 1000));
      assertEquals(udp.cookie(), dumped("sockhash", "e803000000000000"));
      assertEquals(Map.of(1000L, udp.cookie()), sockets.snapshot().toMap());
      for (long key = 1; key < SIZE; key++) {
        sockets.update(key, socket, Update.ANY);
      }
      BpfException full =
          assertThrows(BpfException.class, () -> sockets.update(9L, socket, Update.ANY));
      assertEquals(Errno.E2BIG, full.errno().orElseThrow());
      assertTrue(full.sentence().contains("it is full"), full.sentence());
      assertEquals(SIZE, sockets.snapshot().size());
      assertTrue(sockets.snapshot().isComplete());
      assertTrue(sockets.delete(1000L));
      assertFalse(sockets.delete(1000L));
      assertEquals(NOTHING, run(object, "port_in_sockhash", 1000));
    }
  }

  @Test
  void aProgramChoosesAmongTheSocketsOfAPort() throws IOException {
    int port = freePort();
    ReuseportSockArray sockets = object.map("reuseport").reuseportSockArray();
    try (NativeSocket first = NativeSocket.udp().shared().bind(port);
        NativeSocket second = NativeSocket.udp().shared().bind(port);
        NativeSocket alone = NativeSocket.udp().bind(freePort());
        DatagramSocket sender = new DatagramSocket()) {
      assertTrue(sockets.set(0, Descriptor.of(first.fd()), Update.NO_EXIST));
      assertTrue(sockets.set(1, Descriptor.of(second.fd()), Update.ANY));
      assertFalse(sockets.set(1, Descriptor.of(first.fd()), Update.NO_EXIST));
      assertFalse(sockets.set(2, Descriptor.of(first.fd()), Update.EXIST));
      assertEquals(OptionalLong.of(second.cookie()), sockets.cookie(1));
      assertEquals(second.cookie(), dumped("reuseport", MapDump.hex(1)));
      first.chooseBy(object.program("choose").fd());
      for (int chosen : new int[] {1, 0, 1, 1}) {
        object.map("chosen").array(Codec.s32()).set(0, chosen);
        sender.send(new DatagramPacket(new byte[1], 1, InetAddress.getLoopbackAddress(), port));
        assertEquals(chosen == 0 ? 1 : 0, first.received());
        assertEquals(chosen == 1 ? 1 : 0, second.received());
      }
      refuses(
          "in a map of this type already",
          () -> sockets.set(3, Descriptor.of(first.fd()), Update.ANY));
      refuses(
          "UDP bound or TCP listening, with SO_REUSEPORT",
          () -> sockets.set(3, Descriptor.of(alone.fd()), Update.ANY));
      assertTrue(sockets.clear(1));
      assertFalse(sockets.clear(1));
      assertThrows(IndexOutOfBoundsException.class, () -> sockets.cookie(SIZE));
    }
    assertEquals(OptionalLong.empty(), sockets.cookie(0), "a closed socket goes by itself");
  }

  @Test
  void aSocketHasAStorage() {
    MapSpec spec =
        MapSpec.of(BpfMapType.SK_STORAGE, 4, 12, 0).name("storage").flags(BpfMapFlag.NO_PREALLOC);
    try (OwnedBpfMap map = BpfMap.create(spec);
        NativeSocket one = NativeSocket.udp();
        NativeSocket two = NativeSocket.udp()) {
      LocalStorage<Descriptor, String> storage = map.socketStorage(Codec.string(12));
      Descriptor first = Descriptor.of(one.fd());
      Descriptor second = Descriptor.of(two.fd());
      assertEquals(Optional.empty(), storage.lookup(first));
      assertFalse(storage.update(first, "none", Update.EXIST));
      assertTrue(storage.update(first, "one", Update.NO_EXIST));
      assertFalse(storage.update(first, "other", Update.NO_EXIST));
      storage.update(second, "two");
      assertEquals(Optional.of("one"), storage.lookup(first));
      assertEquals(Optional.of("two"), storage.lookup(second));
      assertTrue(storage.delete(first));
      assertFalse(storage.delete(first));
      assertEquals(Optional.empty(), storage.lookup(first));
      BpfException noSocket = assertThrows(BpfException.class, () -> storage.lookup(map));
      assertEquals(Errno.ENOTSOCK, noSocket.errno().orElseThrow());
      assertThrows(BpfException.class, () -> map.taskStorage(Codec.string(12)));
      assertThrows(BpfException.class, () -> map.socketStorage(Codec.u32()));
    }
  }

  private long dumped(String map, String key) {
    String value =
        MapDump.of(object.map(map).info().id())
            .getOrDefault(key, List.of("0000000000000000"))
            .getFirst();
    return ByteBuffer.wrap(HexFormat.of().parseHex(value)).order(ByteOrder.nativeOrder()).getLong();
  }

  private static void refuses(String reason, Executable call) {
    BpfException refused = assertThrows(BpfException.class, call);
    assertTrue(refused.sentence().contains(reason), refused.sentence());
  }

  private static int freePort() throws SocketException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }
}
