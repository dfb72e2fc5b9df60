package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.NetkitAttachPoint;
import io.github.bpf4j.attach.Position;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.net.PacketSocket;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.Trail;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfLinkType;
import io.github.bpf4j.uapi.LinkTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs of a netkit pair, on what either end sends. */
@KernelTest
@Requires(KernelFeature.NETKIT)
final class NetkitAttachTest {
  private static final int UDP = 17;
  private static final String PRIMARY = "primary";

  /** The name that the kernel gives to the first peer that nobody names. */
  private static final String PEER = "nk0";

  @Test
  void seesWhatEitherEndSends() throws Exception {
    inNetwork(
        () -> {
          NetworkDevice primary = NetworkDevice.of(PRIMARY);
          try (BpfObject object = TestObjects.load("tc")) {
            Trail trail = new Trail(object);
            try (BpfLink link = object.program("first").attach(NetkitAttachPoint.primary(primary));
                BpfLink peer = object.program("second").attach(NetkitAttachPoint.peer(primary))) {
              send(PRIMARY);
              assertEquals(List.of(1L), trail.who());
              send(PEER);
              assertEquals(List.of(1L, 2L), trail.who());
              assertEquals(BpfLinkType.NETKIT, link.info().type());
              assertEquals(
                  new LinkTarget.Device(primary.index(), BpfAttachType.NETKIT_PRIMARY),
                  link.info().target());
              assertEquals(
                  new LinkTarget.Device(NetworkDevice.of(PEER).index(), BpfAttachType.NETKIT_PEER),
                  peer.info().target());
            }
            send(PRIMARY);
            assertEquals(2, trail.steps().size(), "after the close");
          }
        });
  }

  @Test
  void withoutALinkItTakesItsPlaceAmongOthers() throws Exception {
    inNetwork(
        () -> {
          NetkitAttachPoint point = NetkitAttachPoint.primary(NetworkDevice.of(PRIMARY));
          try (BpfObject object = TestObjects.load("tc");
              BpfLink second = object.program("second").attach(point.withoutLink())) {
            int id = object.program("second").info().id();
            try (BpfLink first =
                object
                    .program("first")
                    .attach(point.withoutLink().at(Position.beforeProgram(id)))) {
              send(PRIMARY);
              assertEquals(List.of(1L, 2L), new Trail(object).who());
              assertTrue(first.detach());
              assertFalse(first.isAttached());
            }
            assertTrue(second.isAttached());
            assertTrue(second.detach());
          }
        });
  }

  private static void inNetwork(TestNetwork.Code code) throws Exception {
    try (TestNetwork network = new TestNetwork()) {
      network.run(
          () -> {
            Commands.run("ip", "link", "add", PRIMARY, "type", "netkit");
            Commands.run("ip", "link", "set", PEER, "up");
            Commands.run("ip", "link", "set", PRIMARY, "up");
            code.run();
          });
    }
  }

  private static void send(String device) throws Exception {
    try (PacketSocket socket = PacketSocket.on(NetworkDevice.of(device))) {
      assertTrue(socket.send(Frames.ipv4(UDP)));
    }
  }
}
