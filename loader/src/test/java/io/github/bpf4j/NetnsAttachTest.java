package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.HookState;
import io.github.bpf4j.attach.NetnsAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.net.ChannelDescriptor;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.Trail;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfLinkType;
import io.github.bpf4j.uapi.LinkTarget;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs of network namespaces, on what is sent over the loopback device of one. */
@KernelTest
final class NetnsAttachTest {
  private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");

  @Test
  void aSocketIsChosenThatNobodyBoundToThatPort() throws Exception {
    try (TestNetwork network = new TestNetwork()) {
      network.run(
          () -> {
            Commands.run("ip", "link", "set", "dev", "lo", "up");
            try (DatagramChannel receiver = DatagramChannel.open(StandardProtocolFamily.INET);
                DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET);
                BpfObject object = only("redirect")) {
              receiver.bind(new InetSocketAddress(LOCAL, 0));
              put(object.map("sockets"), 0, ChannelDescriptor.of(receiver));
              InetSocketAddress port7 = new InetSocketAddress(LOCAL, 7);
              try (BpfLink link = object.program("redirect").attach(NetnsAttachPoint.current());
                  NetworkNamespace here = NetworkNamespace.current()) {
                sender.send(ByteBuffer.wrap(new byte[] {42}), port7);
                ByteBuffer received = ByteBuffer.allocate(16);
                receiver.receive(received);
                assertEquals(42, received.get(0));
                assertEquals(List.of(7L), new Trail(object).values(1));

                assertEquals(BpfLinkType.NETNS, link.info().type());
                LinkTarget.Netns target = (LinkTarget.Netns) link.info().target();
                assertEquals(BpfAttachType.SK_LOOKUP, target.attachType());
                assertEquals("net:[" + target.inode() + "]", here.toString());
                AttachedProgram found = Netns.querySkLookup(here).programs().getFirst();
                assertEquals("redirect", found.info().orElseThrow().name());
                assertEquals(link.info().id(), found.linkId().orElseThrow());
              }
              try (NetworkNamespace here = NetworkNamespace.current()) {
                assertEquals(List.of(), Netns.querySkLookup(here).programs());
              }
            }
          });
    }
  }

  @Test
  void severalProgramsShareTheLookup() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create();
        BpfObject object = only("redirect");
        BpfObject second = only("redirect");
        BpfLink _ = object.program("redirect").attach(NetnsAttachPoint.of(namespace));
        BpfLink link = second.program("redirect").attach(NetnsAttachPoint.of(namespace))) {
      assertEquals(2, Netns.querySkLookup(namespace).programs().size());
      link.update(object.program("redirect"));
      assertEquals(object.program("redirect").info().id(), link.info().programId());
    }
  }

  @Test
  void theNamespacesEndDetaches() throws Exception {
    NetworkNamespace namespace = NetworkNamespace.create();
    try (BpfObject object = only("redirect")) {
      BpfLink link = object.program("redirect").attach(NetnsAttachPoint.of(namespace));
      assertTrue(link.isAttached());
      namespace.close();
      for (int i = 0; i < 1000 && link.isAttached(); i++) {
        Thread.sleep(10);
      }
      assertFalse(link.isAttached());
      assertFalse(link.detach());
    }
  }

  @Test
  void aFlowDissectorIsAloneAndNamed() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create();
        BpfObject object = only("dissect");
        BpfObject second = only("dissect")) {
      NetnsAttachPoint point = NetnsAttachPoint.of(namespace);
      try (BpfLink link = object.program("dissect").attach(point)) {
        AttachedProgram found = Netns.queryFlowDissector(namespace).programs().getFirst();
        assertEquals(link.info().programId(), found.id());
        BpfException refused =
            assertThrows(BpfException.class, () -> second.program("dissect").attach(point));
        assertTrue(
            refused.sentence().contains("it has program " + found.id() + " dissect"),
            refused::toString);
        assertTrue(refused.sentence().contains("by bpf_link " + link.info().id()));
      }
      assertEquals(List.of(), Netns.queryFlowDissector(namespace).programs());
    }
  }

  @Test
  void whatIsOnAllHooksIsTold() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create();
        BpfObject object = TestObjects.load("sk_lookup")) {
      NetnsAttachPoint point = NetnsAttachPoint.of(namespace);
      assertEquals(Map.of(), Netns.query(namespace));
      try (BpfLink _ = object.program("redirect").attach(point);
          BpfLink _ = object.program("dissect").attach(point)) {
        Map<BpfAttachType, HookState> all = Netns.query(namespace);
        assertEquals(
            List.of(BpfAttachType.FLOW_DISSECTOR, BpfAttachType.SK_LOOKUP),
            List.copyOf(all.keySet()));
        assertEquals(Netns.querySkLookup(namespace), all.get(BpfAttachType.SK_LOOKUP));
        assertEquals(Netns.queryFlowDissector(namespace), all.get(BpfAttachType.FLOW_DISSECTOR));
      }
    }
  }

  private static BpfObject only(String program) {
    OpenBpfObject open = TestObjects.open("sk_lookup");
    open.programs().forEach(it -> it.autoload(it.name().equals(program)));
    return open.load();
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
