package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.SocketAttachPoint;
import io.github.bpf4j.attach.SockmapAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.net.ChannelDescriptor;
import io.github.bpf4j.testing.ChildJvm;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.Trail;
import io.github.bpf4j.uapi.BpfLinkType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs of single sockets, and of those in a sockmap, on channels of this process. */
@KernelTest
final class SocketAttachTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  @Test
  void aFilterDecidesWhatAChannelGets() throws Exception {
    try (BpfObject object = TestObjects.load("sockets");
        DatagramChannel receiver = open();
        DatagramChannel sender = open()) {
      receiver.bind(ANY_PORT);
      SocketAttachPoint point = SocketAttachPoint.filter(receiver);
      try (BpfLink link = object.program("longer_than_one").attach(point)) {
        sender.send(bytes(1), receiver.getLocalAddress());
        sender.send(bytes(2, 2), receiver.getLocalAddress());
        assertEquals(2, receive(receiver), "the shorter one was dropped");
        assertEquals(2, new Trail(object).values(1).size());
        assertTrue(link.isAttached());
        link.update(object.program("nothing"));
        sender.send(bytes(3, 3), receiver.getLocalAddress());
        assertThrows(IllegalStateException.class, link::info);
      }
      sender.send(bytes(4), receiver.getLocalAddress());
      assertEquals(4, receive(receiver), "after the close");
    }
  }

  @Test
  void aClosedChannelIsLeftAlone() throws Exception {
    try (BpfObject object = TestObjects.load("sockets")) {
      DatagramChannel channel = open();
      BpfLink link = object.program("nothing").attach(SocketAttachPoint.filter(channel));
      channel.close();
      assertFalse(link.isAttached());
      assertFalse(link.detach());
    }
  }

  @Test
  void aProgramChoosesAmongSocketsOfAPort() throws Exception {
    try (BpfObject object = TestObjects.load("sockets");
        DatagramChannel first = shared();
        DatagramChannel second = shared();
        DatagramChannel sender = open()) {
      first.bind(ANY_PORT);
      second.bind(first.getLocalAddress());
      put(object.map("group"), 0, ChannelDescriptor.of(first));
      put(object.map("group"), 1, ChannelDescriptor.of(second));
      try (BpfLink _ = object.program("by_first_byte").attach(SocketAttachPoint.reuseport(first))) {
        for (byte value = 0; value < 8; value++) {
          sender.send(bytes(value), first.getLocalAddress());
          assertEquals(value, receive(value % 2 == 0 ? first : second));
        }
        assertEquals(8, new Trail(object).values(2).size());
      }
    }
  }

  private static DatagramChannel shared() throws IOException {
    return open().setOption(StandardSocketOptions.SO_REUSEPORT, true);
  }

  @Test
  void whatHasNoDescriptorIsNamed() throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      BpfUnsupportedException refused =
          assertThrows(BpfUnsupportedException.class, () -> SocketAttachPoint.filter(channel));
      assertTrue(refused.sentence().contains("only selectable channels"), refused::toString);
    }
    try (BpfObject object = TestObjects.load("sockets")) {
      BpfException refused =
          assertThrows(
              BpfException.class,
              () -> object.program("nothing").attach(SocketAttachPoint.filterFd(9999)));
      assertTrue(refused.sentence().contains("socket fd 9999 (filter)"), refused::toString);
    }
  }

  /** A process that the JDK tells nothing. */
  static final class Child {
    public static void main(String[] args) throws IOException {
      try (DatagramChannel channel = open()) {
        SocketAttachPoint.filter(channel);
      } catch (BpfUnsupportedException e) {
        System.out.print(e.sentence());
      }
    }
  }

  @Test
  void theOptionThatIsMissingIsNamed() {
    String said = ChildJvm.run(Child.class, List.of()).output();
    Module us = Child.class.getModule();
    String whom = us.isNamed() ? us.getName() : "ALL-UNNAMED";
    assertTrue(said.contains("--add-exports=java.base/sun.nio.ch=" + whom), said);
  }

  @Test
  void whatSocketsOfAMapSendGoesThroughAProgram() throws Exception {
    try (BpfObject object = TestObjects.load("sockmap");
        Connection connection = new Connection()) {
      BpfMap sockets = object.map("sockets");
      SockmapAttachPoint point = onSockmap(object.program("sent"), sockets);
      boolean told = !point.replacesAny();
      try (BpfLink link = object.program("sent").attach(point)) {
        put(sockets, 0, ChannelDescriptor.of(connection.client));
        connection.client.write(bytes(1, 2, 3));
        assertEquals(3, connection.server.read(ByteBuffer.allocate(16)));
        assertEquals(List.of(3L), new Trail(object).values(1));
        if (told) {
          BpfException refused =
              assertThrows(BpfException.class, () -> object.program("sent_too").attach(point));
          assertTrue(refused.sentence().contains("it is taken"), refused::toString);
          assertTrue(refused.sentence().contains(" sent (tag"), refused::toString);
        }
        try (BpfLink other = object.program("sent_too").attach(point.replacingAny())) {
          assertEquals(!told, link.isAttached());
          assertFalse(link.detach(), "another's is left alone");
          assertTrue(other.isAttached());
        }
      }
      connection.client.write(bytes(1));
      assertEquals(1, connection.server.read(ByteBuffer.allocate(16)));
    }
  }

  @Test
  void whatSocketsOfAMapReceiveGoesThroughPrograms() throws Exception {
    try (BpfObject object = TestObjects.load("sockmap");
        Connection connection = new Connection()) {
      BpfMap sockets = object.map("sockets");
      SockmapAttachPoint point = onSockmap(object.program("parse"), sockets);
      try (BpfLink _ = object.program("parse").attach(point);
          BpfLink _ = object.program("received").attach(point)) {
        put(sockets, 0, ChannelDescriptor.of(connection.server));
        connection.client.write(bytes(1, 2, 3, 4));
        assertEquals(4, connection.server.read(ByteBuffer.allocate(16)));
        assertEquals(List.of(3L, 4L), new Trail(object).who());
      }
    }
  }

  @Test
  @Requires(KernelFeature.SOCKMAP_LINK)
  void aLinkHoldsASockmapsProgram() throws Exception {
    try (BpfObject object = TestObjects.load("sockmap");
        Connection connection = new Connection()) {
      BpfMap sockets = object.map("sockets");
      SockmapAttachPoint point = SockmapAttachPoint.on(sockets.fd()).byLink();
      try (BpfLink link = object.program("sent").attach(point)) {
        assertEquals(BpfLinkType.SOCKMAP, link.info().type());
        assertTrue(link.isAttached());
        link.update(object.program("sent_too"));
        put(sockets, 0, ChannelDescriptor.of(connection.client));
        connection.client.write(bytes(1, 2));
        assertEquals(2, connection.server.read(ByteBuffer.allocate(16)));
        assertEquals(List.of(2L), new Trail(object).who());
      }
    }
  }

  // Where the kernel does not tell what a sockmap has, nothing is attached unless it may replace.
  private static SockmapAttachPoint onSockmap(BpfProgram program, BpfMap sockets) {
    SockmapAttachPoint point = SockmapAttachPoint.on(sockets.fd());
    if (KernelFeature.SOCKMAP_QUERY.isThere()) {
      return point;
    }
    BpfException refused = assertThrows(BpfUnsupportedException.class, () -> program.attach(point));
    assertTrue(refused.sentence().contains("Linux 5.17 does"), refused::toString);
    return point.replacingAny();
  }

  /** Two ends of a TCP connection. */
  private static final class Connection implements AutoCloseable {
    final SocketChannel client;
    final SocketChannel server;

    Connection() throws IOException {
      try (ServerSocketChannel listener =
          ServerSocketChannel.open(StandardProtocolFamily.INET).bind(ANY_PORT)) {
        client = SocketChannel.open(listener.getLocalAddress());
        server = listener.accept();
      }
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  private static DatagramChannel open() throws IOException {
    return DatagramChannel.open(StandardProtocolFamily.INET);
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }

  private static int receive(DatagramChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(16);
    SocketAddress _ = channel.receive(buffer);
    return buffer.get(0);
  }

  private static void put(BpfMap map, int key, long value) {
    try (Arena arena = Arena.ofConfined()) {
      assertTrue(
          map.update(
              arena.allocateFrom(ValueLayout.JAVA_INT, key),
              arena.allocateFrom(ValueLayout.JAVA_LONG, value),
              Update.ANY));
    }
  }
}
