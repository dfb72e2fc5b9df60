package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.attach.TcAttachment;
import io.github.bpf4j.attach.TcDirection;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.net.PacketSocket;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.Iproute2;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.Trail;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Filters of traffic control, on a veth pair, with second owners. */
@KernelTest
final class TcAttachTest {
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

  @ParameterizedTest
  @EnumSource
  void seesThePacketsOfItsDirection(TcDirection direction) throws Exception {
    network.run(
        () -> {
          NetworkDevice left = NetworkDevice.of("left");
          try (BpfObject object = TestObjects.load("tc");
              BpfLink link = object.program("first").attach(TcAttachPoint.on(left, direction))) {
            Trail trail = new Trail(object);
            send(direction == TcDirection.INGRESS ? "right" : "left");
            assertEquals(List.of((long) left.index()), trail.values(1));
            send(direction == TcDirection.INGRESS ? "left" : "right");
            assertEquals(1, trail.values(1).size(), "the other direction");

            TcAttachment found = only(Tc.query(left, direction));
            assertEquals(object.program("first").info().id(), found.program().id());
            assertEquals("first", found.program().info().orElseThrow().name());
            assertTrue(found.program().loadedBy().orElseThrow().running());
            assertEquals(direction.parent(), found.parent());
            assertTrue(link.isAttached());
            assertTrue(link.detach());
            send(direction == TcDirection.INGRESS ? "right" : "left");
            assertEquals(1, trail.values(1).size(), "after the close");
            assertEquals(List.of(), Tc.query(left, direction));
          }
        });
  }

  @Test
  void filtersRunByPriorityAndAreListedSo() throws Exception {
    network.run(
        () -> {
          TcAttachPoint point = TcAttachPoint.ingress("left");
          try (BpfObject object = TestObjects.load("tc");
              BpfLink _ = object.program("third").attach(point.priority(30));
              BpfLink _ = object.program("first").attach(point.priority(10));
              BpfLink _ = object.program("second").attach(point.priority(20))) {
            send("right");
            assertEquals(List.of(1L, 2L, 3L), new Trail(object).who());
            assertEquals(
                List.of(10, 20, 30),
                Tc.query(point.device(), TcDirection.INGRESS).stream()
                    .map(TcAttachment::priority)
                    .toList());
          }
        });
  }

  @Test
  void aVerdictEndsTheWalk() throws Exception {
    network.run(
        () -> {
          TcAttachPoint point = TcAttachPoint.ingress("left");
          try (BpfObject object = TestObjects.load("tc");
              BpfLink _ = object.program("drop").attach(point.priority(1));
              BpfLink _ = object.program("first").attach(point.priority(2))) {
            send("right");
            assertEquals(List.of(4L), new Trail(object).who());
          }
        });
  }

  @Test
  void anothersQdiscAndFiltersStay() throws Exception {
    network.run(
        () -> {
          Commands.run("tc", "qdisc", "add", "dev", "left", "clsact");
          Iproute2.filter("add", "left", "7", "0x1");
          try (BpfObject object = TestObjects.load("tc");
              BpfLink _ = object.program("first").attach(TcAttachPoint.ingress("left"))) {
            assertEquals(2, Tc.query(NetworkDevice.of("left"), TcDirection.INGRESS).size());
          }
          assertTrue(Commands.run("tc", "qdisc", "show", "dev", "left").contains("clsact"));
          TcAttachment stays = only(Tc.query(NetworkDevice.of("left"), TcDirection.INGRESS));
          assertEquals(7, stays.priority());
        });
  }

  @Test
  void theQdiscThatItMadeStaysForOthers() throws Exception {
    network.run(
        () -> {
          try (BpfObject object = TestObjects.load("tc");
              BpfLink _ = object.program("first").attach(TcAttachPoint.ingress("left"))) {
            Iproute2.filter("add", "left", "7", "0x1");
          }
          assertEquals(7, only(Tc.query(NetworkDevice.of("left"), TcDirection.INGRESS)).priority());
        });
  }

  @Test
  void aTakenPlaceIsRefusedAndItsOwnerNamed() throws Exception {
    network.run(
        () -> {
          Commands.run("tc", "qdisc", "add", "dev", "left", "clsact");
          Iproute2.filter("add", "left", "7", "0x1");
          TcAttachPoint point = TcAttachPoint.ingress("left").priority(7).handle(1);
          TcAttachment other = only(Tc.query(point.device(), TcDirection.INGRESS));
          try (BpfObject object = TestObjects.load("tc")) {
            String refused = refusal(object.program("second"), point);
            assertTrue(
                refused.contains("left already has program " + other.program().id() + " first"),
                refused);
            assertTrue(refused.contains("priority 7, handle 0x1, by tc"), refused);
            assertTrue(refused.contains("replacingAny()"), refused);
            assertEquals(
                other.program().id(),
                only(Tc.query(point.device(), TcDirection.INGRESS)).program().id());

            int own = object.program("second").info().id();
            refused = refusal(object.program("second"), point.replacing(own));
            assertTrue(refused.contains("program " + own + ", which it was to replace"), refused);
            assertTrue(refused.contains("program " + other.program().id() + " first"), refused);

            try (BpfLink link =
                object.program("second").attach(point.replacing(other.program().id()))) {
              assertTrue(link.isAttached());
              assertEquals(own, only(Tc.query(point.device(), TcDirection.INGRESS)).program().id());
            }
          }
        });
  }

  @Test
  void detachLeavesAloneWhatReplacedUs() throws Exception {
    network.run(
        () -> {
          TcAttachPoint point = TcAttachPoint.ingress("left").priority(7).handle(1);
          try (BpfObject object = TestObjects.load("tc")) {
            BpfLink link = object.program("second").attach(point);
            Iproute2.filter("replace", "left", "7", "0x1");
            assertFalse(link.isAttached());
            assertFalse(link.detach());
            assertEquals(
                "first",
                only(Tc.query(point.device(), TcDirection.INGRESS))
                    .program()
                    .info()
                    .orElseThrow()
                    .name());
          }
        });
  }

  @Test
  void aPriorityOfAnotherClassifierIsNamed() throws Exception {
    network.run(
        () -> {
          Commands.run("tc", "qdisc", "add", "dev", "left", "clsact");
          Commands.run(
              "tc",
              "filter",
              "add",
              "dev",
              "left",
              "ingress",
              "prio",
              "5",
              "protocol",
              "all",
              "u32",
              "match",
              "u32",
              "0",
              "0");
          try (BpfObject object = TestObjects.load("tc")) {
            String refused =
                refusal(object.program("first"), TcAttachPoint.ingress("left").priority(5));
            assertTrue(refused.contains("priority 5 is taken by a filter of kind u32"), refused);
          }
        });
  }

  @Test
  void updatesInPlace() throws Exception {
    network.run(
        () -> {
          TcAttachPoint point = TcAttachPoint.egress("left");
          try (BpfObject object = TestObjects.load("tc");
              BpfLink link = object.program("first").attach(point)) {
            TcAttachment before = only(Tc.query(point.device(), TcDirection.EGRESS));
            link.update(object.program("second"));
            TcAttachment after = only(Tc.query(point.device(), TcDirection.EGRESS));
            assertEquals(before.priority(), after.priority());
            assertEquals(before.handle(), after.handle());
            send("left");
            assertEquals(List.of(2L), new Trail(object).who());
            assertTrue(link.isAttached());
            assertTrue(link.toString().startsWith("second on left (tc egress"), link.toString());
          }
          assertEquals(List.of(), Tc.query(point.device(), TcDirection.EGRESS));
        });
  }

  @Test
  void leftAttachedItStaysAndIsFoundAgain() throws Exception {
    network.run(
        () -> {
          TcAttachPoint point = TcAttachPoint.ingress("left");
          try (BpfObject object = TestObjects.load("tc");
              BpfLink link = object.program("first").attach(point)) {
            link.leaveAttached();
          }
          TcAttachment found = only(Tc.query(point.device(), TcDirection.INGRESS));
          assertTrue(found.program().loadedBy().isPresent(), "the mark outlives the object");
          assertTrue(Tc.detach(found));
          assertFalse(Tc.detach(found), "gone by now");
        });
  }

  @Test
  void aVanishedDeviceIsNoErrorButNamedWhenAttaching() throws Exception {
    network.run(
        () -> {
          TcAttachPoint point = TcAttachPoint.ingress("left");
          try (BpfObject object = TestObjects.load("tc")) {
            BpfLink link = object.program("first").attach(point);
            Commands.run("ip", "link", "del", "left");
            assertFalse(link.isAttached());
            assertFalse(link.detach());
            String refused = refusal(object.program("first"), point);
            assertTrue(refused.contains("interface left (index"), refused);
            assertThrows(BpfException.class, () -> Tc.query(point.device(), TcDirection.INGRESS));
          }
        });
  }

  @Test
  void attachesBelowAnotherQdisc() throws Exception {
    network.run(
        () -> {
          Commands.run("tc", "qdisc", "add", "dev", "left", "root", "handle", "1:", "htb");
          TcAttachPoint point = TcAttachPoint.below(NetworkDevice.of("left"), 0x00010000);
          try (BpfObject object = TestObjects.load("tc");
              BpfLink link = object.program("first").attach(point)) {
            send("left");
            assertEquals(List.of(1L), new Trail(object).who());
            assertEquals(1, Tc.query(point.device(), 0x00010000).size());
            assertTrue(link.toString().contains("(tc 1:0, priority "), link.toString());
          }
          assertEquals(List.of(), Tc.query(point.device(), 0x00010000));
        });
  }

  @Test
  void whatCannotBeIsRefusedBeforeTheKernelIsAsked() throws Exception {
    network.run(
        () -> {
          TcAttachPoint point = TcAttachPoint.ingress("left");
          assertThrows(IllegalArgumentException.class, () -> point.priority(65536));
          assertThrows(IllegalArgumentException.class, () -> point.priority(-1));
          try (BpfObject object = TestObjects.load("tc");
              BpfObject xdp = TestObjects.load("xdp1_kern")) {
            BpfProgram program = object.program("first");
            assertThrows(
                IllegalArgumentException.class, () -> program.attach(point.replacingAny()));
            String refused = refusal(xdp.program("xdp_prog1"), point);
            assertTrue(refused.contains("not SCHED_CLS or SCHED_ACT"), refused);
          }
          assertFalse(Commands.run("tc", "qdisc", "show", "dev", "left").contains("clsact"));
        });
  }

  private static String refusal(BpfProgram program, TcAttachPoint point) {
    return assertThrows(BpfException.class, () -> program.attach(point)).sentence();
  }

  private static void send(String device) {
    try (PacketSocket socket = PacketSocket.on(NetworkDevice.of(device))) {
      assertTrue(socket.send(Frames.ipv4(UDP)));
    }
  }

  private static TcAttachment only(List<TcAttachment> attachments) {
    assertEquals(1, attachments.size(), attachments.toString());
    return attachments.getFirst();
  }
}
