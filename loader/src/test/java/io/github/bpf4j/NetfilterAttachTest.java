package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.NetfilterAttachPoint;
import io.github.bpf4j.attach.NetfilterAttachPoint.NetfilterHook;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.Trail;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfLinkType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.LinkTarget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hooks of netfilter, by datagrams over the loopback device of a namespace. */
@KernelTest
@Requires(KernelFeature.NETFILTER)
final class NetfilterAttachTest {
  @Test
  void decidesWhichPacketsPass() throws Exception {
    NetfilterAttachPoint point = NetfilterAttachPoint.ipv4(NetfilterHook.LOCAL_IN);
    try (TestNetwork network = new TestNetwork();
        BpfObject object = load()) {
      network.run(
          () -> {
            Commands.run("ip", "link", "set", "dev", "lo", "up");
            Trail trail = new Trail(object);
            try (BpfLink accept = object.program("accept_all").attach(point.priority(-10))) {
              assertTrue(passes());
              assertEquals(List.of(1L), trail.who());
              assertEquals(BpfLinkType.NETFILTER, accept.info().type());
              assertEquals(new LinkTarget.Netfilter(2, 1, -10, 0), accept.info().target());
              try (BpfLink _ = object.program("drop_all").attach(point.priority(10))) {
                assertTrue(!passes());
                assertEquals(List.of(1L, 1L, 2L), trail.who());
              }
              assertThrows(
                  BpfUnsupportedException.class, () -> accept.update(object.program("drop_all")));
            }
            assertTrue(passes());
            assertEquals(3, trail.steps().size(), "after the close");
          });
    }
  }

  @Test
  void aTakenPriorityIsRefusedAndItsOwnerNamed() {
    try (NetworkNamespace namespace = NetworkNamespace.create();
        BpfObject object = load()) {
      NetfilterAttachPoint point =
          NetfilterAttachPoint.ipv6(NetfilterHook.PREROUTING).priority(4711).in(namespace);
      try (BpfLink link = object.program("accept_all").attach(point)) {
        BpfException refused =
            assertThrows(BpfException.class, () -> object.program("drop_all").attach(point));
        String owner = "program " + link.info().programId() + " accept_all";
        assertTrue(
            refused.sentence().contains("the priority is taken: " + owner), refused::toString);
        assertTrue(refused.sentence().contains("bpf_link " + link.info().id()), refused::toString);
      }
    }
  }

  @Test
  void fragmentsArePutTogetherBefore() {
    try (NetworkNamespace namespace = NetworkNamespace.create();
        BpfObject object = load()) {
      NetfilterAttachPoint point =
          NetfilterAttachPoint.ipv4(NetfilterHook.PREROUTING).in(namespace).defragmented();
      try (BpfLink link = object.program("accept_all").attach(point)) {
        assertEquals(new LinkTarget.Netfilter(2, 0, 0, 1), link.info().target());
        assertTrue(link.toString().endsWith("netfilter (ipv4 prerouting, priority 0)"));
      }
    }
  }

  private static BpfObject load() {
    OpenBpfObject open = TestObjects.open("netfilter");
    for (OpenBpfProgram program : open.programs()) {
      program.type(BpfProgramType.NETFILTER);
      program.attachType(BpfAttachType.NETFILTER);
      program.autoload(true);
    }
    return open.load();
  }

  private static boolean passes() throws Exception {
    InetSocketAddress local = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    try (DatagramChannel receiver = DatagramChannel.open(StandardProtocolFamily.INET).bind(local);
        DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET)) {
      sender.send(ByteBuffer.wrap(new byte[] {1}), receiver.getLocalAddress());
      // Over loopback a datagram is there, or dropped, when send returns.
      receiver.configureBlocking(false);
      return receiver.receive(ByteBuffer.allocate(16)) != null;
    }
  }
}
