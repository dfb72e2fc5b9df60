package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.HookState;
import io.github.bpf4j.attach.Position;
import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.attach.TcDirection;
import io.github.bpf4j.attach.TcxAttachPoint;
import io.github.bpf4j.error.BpfException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TCX, on a veth pair. */
@KernelTest
@Requires(KernelFeature.TCX)
final class TcxAttachTest {
  private static final int UDP = 17;

  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  @Test
  void seesPacketsUntilTheLinkIsClosed() throws Exception {
    network.run(
        () -> {
          TcxAttachPoint point = TcxAttachPoint.ingress("left");
          try (BpfObject object = TestObjects.load("tc")) {
            Trail trail = new Trail(object);
            try (BpfLink link = object.program("first").attach(point)) {
              send("right");
              assertEquals(List.of((long) point.device().index()), trail.values(1));
              assertEquals(BpfLinkType.TCX, link.info().type());
              assertEquals(
                  new LinkTarget.Device(point.device().index(), BpfAttachType.TCX_INGRESS),
                  link.info().target());
              AttachedProgram found = query(point).programs().getFirst();
              assertEquals(link.info().id(), found.linkId().orElseThrow());
              assertEquals(link.info().programId(), found.id());
            }
            send("right");
            assertEquals(1, trail.steps().size());
            assertEquals(List.of(), query(point).programs());
          }
        });
  }

  @Test
  void programsTakeTheirPlaceAmongOthers() throws Exception {
    network.run(
        () -> {
          TcxAttachPoint point = TcxAttachPoint.ingress("left");
          try (BpfObject object = TestObjects.load("tc");
              BpfLink second = object.program("second").attach(point);
              BpfLink _ =
                  object
                      .program("first")
                      .attach(point.at(Position.beforeLink(second.info().id())));
              BpfLink _ =
                  object
                      .program("third")
                      .attach(
                          point.at(Position.afterProgram(object.program("second").info().id())));
              BpfLink _ = object.program("drop").attach(point.at(Position.last()))) {
            send("right");
            assertEquals(List.of(1L, 2L, 3L, 4L), new Trail(object).who());
            assertEquals(
                List.of("first", "second", "third", "drop"),
                query(point).programs().stream()
                    .map(program -> program.info().orElseThrow().name())
                    .toList());
          }
        });
  }

  @Test
  void firstIsBeforeAllOthers() throws Exception {
    network.run(
        () -> {
          TcxAttachPoint point = TcxAttachPoint.egress("left");
          try (BpfObject object = TestObjects.load("tc");
              BpfLink _ = object.program("first").attach(point);
              BpfLink _ = object.program("second").attach(point.at(Position.first()))) {
            send("left");
            assertEquals(List.of(2L, 1L), new Trail(object).who());
          }
        });
  }

  @Test
  void aChangedRevisionIsRefusedAndSaysWhoIsThere() throws Exception {
    network.run(
        () -> {
          TcxAttachPoint point = TcxAttachPoint.ingress("left");
          try (BpfObject object = TestObjects.load("tc");
              BpfLink link = object.program("first").attach(point)) {
            long revision = query(point).revision();
            try (BpfLink _ = object.program("second").attach(point.expecting(revision))) {
              assertTrue(query(point).revision() > revision);
              String refused = refusal(object.program("third"), point.expecting(revision));
              assertTrue(refused.contains("its revision is"), refused);
              assertTrue(refused.contains("not " + revision + " (ESTALE)"), refused);
              assertTrue(
                  refused.contains("program " + link.info().programId() + " first"), refused);
            }
          }
        });
  }

  @Test
  void aNeighbourThatIsNotThereIsRefused() throws Exception {
    network.run(
        () -> {
          TcxAttachPoint point = TcxAttachPoint.ingress("left");
          try (BpfObject object = TestObjects.load("tc");
              BpfLink _ = object.program("first").attach(point)) {
            int other = object.program("second").info().id();
            String refused =
                refusal(object.program("third"), point.at(Position.beforeProgram(other)));
            assertTrue(refused.contains("cannot be before program " + other), refused);
            refused = refusal(object.program("first"), point);
            assertTrue(refused.contains("is on it already"), refused);
          }
        });
  }

  @Test
  void updatesAtomicallyAndOnlyItsOwn() throws Exception {
    network.run(
        () -> {
          TcxAttachPoint point = TcxAttachPoint.ingress("left");
          try (BpfObject object = TestObjects.load("tc")) {
            BpfObject other = TestObjects.load("tc");
            try (BpfLink link = object.program("first").attach(point)) {
              link.update(object.program("second"));
              send("right");
              assertEquals(List.of(2L), new Trail(object).who());
              assertEquals(object.program("second").info().id(), link.info().programId());
              link.update(other.program("third"));
              other.close();
              send("right");
              assertEquals(
                  List.of("third"),
                  query(point).programs().stream()
                      .map(program -> program.info().orElseThrow().name())
                      .toList(),
                  "the link keeps its program, closed object or not");
            }
            assertEquals(List.of(), query(point).programs());
          }
        });
  }

  @Test
  void withoutALinkItStaysAndIsFoundAgain() throws Exception {
    network.run(
        () -> {
          TcxAttachPoint point = TcxAttachPoint.ingress("left").withoutLink();
          try (BpfObject object = TestObjects.load("tc")) {
            BpfLink link = object.program("first").attach(point);
            assertTrue(link.isAttached());
            assertThrows(IllegalStateException.class, link::info);
            link.update(object.program("second"));
            assertTrue(link.isAttached());
            link.leaveAttached();
          }
          AttachedProgram left = query(point).programs().getFirst();
          assertEquals("second", left.info().orElseThrow().name());
          assertTrue(left.loadedBy().isPresent());
          assertTrue(left.linkId().isEmpty());
          assertTrue(Tcx.detach(point.device(), TcDirection.INGRESS, left));
          assertFalse(Tcx.detach(point.device(), TcDirection.INGRESS, left));
        });
  }

  @Test
  void replacesOneProgramAndNoOther() throws Exception {
    network.run(
        () -> {
          TcxAttachPoint point = TcxAttachPoint.ingress("left").withoutLink();
          try (BpfObject object = TestObjects.load("tc");
              BpfLink old = object.program("first").attach(point);
              BpfLink held = object.program("drop").attach(TcxAttachPoint.ingress("left"))) {
            int first = object.program("first").info().id();
            int third = object.program("third").info().id();
            String refused = refusal(object.program("second"), point.replacing(third));
            assertTrue(refused.contains("program " + third + ", which it was to"), refused);
            refused = refusal(object.program("second"), point.replacing(held.info().programId()));
            assertTrue(refused.contains("a bpf_link holds program"), refused);
            try (BpfLink link = object.program("second").attach(point.replacing(first))) {
              assertTrue(link.isAttached());
              assertFalse(old.isAttached());
              assertFalse(old.detach(), "another's is left alone");
              assertTrue(link.isAttached());
            }
          }
        });
  }

  @Test
  void runsBeforeTc() throws Exception {
    network.run(
        () -> {
          try (BpfObject object = TestObjects.load("tc");
              BpfLink _ = object.program("second").attach(TcAttachPoint.ingress("left"));
              BpfLink _ = object.program("first").attach(TcxAttachPoint.ingress("left"))) {
            send("right");
            assertEquals(List.of(1L, 2L), new Trail(object).who());
          }
        });
  }

  @Test
  void aVanishedDeviceIsNoError() throws Exception {
    network.run(
        () -> {
          TcxAttachPoint point = TcxAttachPoint.ingress("left");
          try (BpfObject object = TestObjects.load("tc")) {
            BpfLink link = object.program("first").attach(point);
            BpfLink without = object.program("second").attach(point.withoutLink());
            Commands.run("ip", "link", "del", "left");
            assertFalse(link.isAttached());
            assertFalse(without.isAttached());
            assertFalse(link.detach());
            assertFalse(without.detach());
            assertThrows(BpfException.class, () -> query(point));
          }
        });
  }

  @Test
  void aDeviceOfAnotherNamespaceIsReachedFromHere() throws Exception {
    NetworkDevice left = network.deviceThere("left");
    TcxAttachPoint point = TcxAttachPoint.on(left, TcDirection.INGRESS);
    try (BpfObject object = TestObjects.load("tc");
        BpfLink link = object.program("first").attach(point);
        BpfLink tc = object.program("second").attach(TcAttachPoint.on(left, TcDirection.INGRESS))) {
      network.run(() -> send("right"));
      assertEquals(List.of(1L, 2L), new Trail(object).who());
      assertTrue(link.isAttached());
      assertTrue(tc.isAttached());
      assertEquals(1, query(point).programs().size());
      assertEquals(1, Tc.query(left, TcDirection.INGRESS).size());
      assertTrue(tc.detach());
      assertEquals(List.of(), Tc.query(left, TcDirection.INGRESS));
    }
    assertEquals(List.of(), query(point).programs());
  }

  private static HookState query(TcxAttachPoint point) {
    return Tcx.query(point.device(), point.direction());
  }

  private static String refusal(BpfProgram program, TcxAttachPoint point) {
    return assertThrows(BpfException.class, () -> program.attach(point)).sentence();
  }

  private static void send(String device) {
    try (PacketSocket socket = PacketSocket.on(NetworkDevice.of(device))) {
      assertTrue(socket.send(Frames.ipv4(UDP)));
    }
  }
}
