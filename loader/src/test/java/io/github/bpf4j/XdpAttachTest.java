package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.Iproute2;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The XDP hook, on a veth pair, with second owners. */
@KernelTest
final class XdpAttachTest {
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
  void attachesInTheModeThatWasAsked(XdpMode mode) throws Exception {
    network.run(
        () -> {
          XdpAttachPoint point = XdpAttachPoint.on("left").mode(mode);
          try (BpfObject object = TestObjects.load("xdp1_kern")) {
            BpfProgram program = object.program("xdp_prog1");
            try (BpfLink link = program.attach(point)) {
              XdpAttachment found = only(Xdp.query(point.device()));
              assertEquals(mode, found.mode());
              assertEquals(program.info().id(), found.program().id());
              assertEquals("xdp_prog1", found.program().info().orElseThrow().name());
              assertEquals(
                  ProcessHandle.current().pid(), found.program().loadedBy().orElseThrow().pid());
              assertTrue(found.program().loadedBy().orElseThrow().running());
              assertTrue(found.program().linkId().isEmpty());
              assertTrue(link.isAttached());
            }
            assertEquals(List.of(), Xdp.query(point.device()));
          }
        });
  }

  @Test
  void closingTheObjectUnderALinkDetachesNothing() throws Exception {
    network.run(
        () -> {
          XdpAttachPoint point = XdpAttachPoint.on("left");
          BpfObject object = TestObjects.load("xdp1_kern");
          BpfLink link = object.program("xdp_prog1").attach(point);
          object.close();
          assertTrue(link.isAttached());
          assertThrows(IllegalStateException.class, () -> object.program("xdp_prog1").info());
          assertTrue(link.detach());
          assertFalse(link.isAttached());
          assertFalse(link.detach(), "a second detach finds nothing");
          link.close();
          assertEquals(List.of(), Xdp.query(point.device()));
        });
  }

  @Test
  void aTakenHookIsRefusedAndItsOwnerNamed() throws Exception {
    network.run(
        () -> {
          XdpAttachPoint point = XdpAttachPoint.on("left");
          Iproute2.attachXdp("left", "xdpdrv");
          try (BpfObject object = TestObjects.load("xdp1_kern")) {
            BpfException refused =
                assertThrows(BpfException.class, () -> object.program("xdp_prog1").attach(point));
            XdpAttachment other = only(Xdp.query(point.device()));
            assertTrue(
                refused.sentence().contains("program " + other.program().id() + " foreign"),
                refused.sentence());
            assertTrue(refused.sentence().contains("replacingAny()"), refused.sentence());
            assertEquals("foreign", other.program().info().orElseThrow().name());
            assertTrue(other.program().loadedBy().isEmpty(), "not ours");
          }
        });
  }

  @Test
  void replacesByWordOnlyAndThenAtomically() throws Exception {
    network.run(
        () -> {
          Iproute2.attachXdp("left", "xdpdrv");
          XdpAttachPoint point = XdpAttachPoint.on("left").replacingAny();
          try (BpfObject object = TestObjects.load("xdp1_kern");
              BpfLink link = object.program("xdp_prog1").attach(point)) {
            assertTrue(link.isAttached());
            assertEquals(
                "xdp_prog1", only(Xdp.query(point.device())).program().info().orElseThrow().name());
          }
          assertEquals(List.of(), Xdp.query(point.device()));
        });
  }

  @Test
  void replacesExactlyTheProgramThatIsNamed() throws Exception {
    network.run(
        () -> {
          Iproute2.attachXdp("left", "xdpdrv");
          XdpAttachPoint point = XdpAttachPoint.on("left");
          int foreign = only(Xdp.query(point.device())).program().id();
          try (BpfObject object = TestObjects.load("xdp1_kern")) {
            BpfProgram program = object.program("xdp_prog1");
            int own = program.info().id();
            String refused = refusal(program, point.replacing(own));
            assertTrue(refused.contains("program " + foreign + " foreign"), refused);
            assertTrue(refused.contains("only program " + own + " was to be replaced"), refused);
            try (BpfLink link = program.attach(point.replacing(foreign))) {
              assertTrue(link.isAttached());
              assertEquals(own, only(Xdp.query(point.device())).program().id());
            }
            refused = refusal(program, point.replacing(own));
            assertTrue(refused.contains("program " + own + ", which it was to"), refused);
            assertTrue(refusal(program, point.replacing(foreign)).contains("nothing is"), refused);
          }
          assertEquals(List.of(), Xdp.query(point.device()));
        });
  }

  private static String refusal(BpfProgram program, XdpAttachPoint point) {
    return assertThrows(BpfException.class, () -> program.attach(point)).sentence();
  }

  @Test
  void replacingAnotherModeIsRefusedWithTheWayOut() throws Exception {
    network.run(
        () -> {
          Iproute2.attachXdp("left", "xdpgeneric");
          XdpAttachPoint point = XdpAttachPoint.on("left").replacingAny();
          try (BpfObject object = TestObjects.load("xdp1_kern")) {
            BpfException refused =
                assertThrows(BpfException.class, () -> object.program("xdp_prog1").attach(point));
            assertTrue(refused.sentence().contains("skb mode"), refused.sentence());
          }
          assertEquals(
              "foreign", only(Xdp.query(point.device())).program().info().orElseThrow().name());
        });
  }

  @Test
  void detachNeverRemovesWhatReplacedUs() throws Exception {
    network.run(
        () -> {
          XdpAttachPoint point = XdpAttachPoint.on("left");
          try (BpfObject object = TestObjects.load("xdp1_kern")) {
            BpfLink link = object.program("xdp_prog1").attach(point);
            Iproute2.replaceXdp("left", "xdpdrv");
            assertFalse(link.isAttached());
            assertFalse(link.detach());
            assertEquals(
                "foreign", only(Xdp.query(point.device())).program().info().orElseThrow().name());
          }
        });
  }

  @Test
  void aVanishedDeviceIsNoError() throws Exception {
    network.run(
        () -> {
          try (BpfObject object = TestObjects.load("xdp1_kern")) {
            BpfLink link = object.program("xdp_prog1").attach(XdpAttachPoint.on("left"));
            Commands.run("ip", "link", "del", "left");
            assertFalse(link.isAttached());
            assertFalse(link.detach());
          }
        });
  }

  @Test
  void aBpfLinkHoldsTheHookAndSaysSo() throws Exception {
    network.run(
        () -> {
          XdpAttachPoint point = XdpAttachPoint.on("left");
          try (BpfObject object = TestObjects.load("xdp1_kern");
              BpfObject second = TestObjects.load("xdp1_kern")) {
            try (BpfLink link = object.program("xdp_prog1").attach(point.via(Via.LINK))) {
              XdpAttachment found = only(Xdp.query(point.device()));
              assertTrue(found.program().linkId().isPresent());
              assertTrue(link.isAttached());
              assertThrows(IllegalStateException.class, link::leaveAttached);
              BpfException refused =
                  assertThrows(
                      BpfException.class,
                      () -> second.program("xdp_prog1").attach(point.replacingAny()));
              String link42 = "bpf_link " + found.program().linkId().getAsInt();
              assertTrue(refused.sentence().contains(link42), refused.sentence());
              assertThrows(BpfException.class, () -> Xdp.detach(found));
            }
            assertEquals(List.of(), Xdp.query(point.device()));
          }
        });
  }

  @Test
  void leftAttachedItStaysAndIsFoundAgain() throws Exception {
    network.run(
        () -> {
          XdpAttachPoint point = XdpAttachPoint.on("left");
          try (BpfObject object = TestObjects.load("xdp1_kern");
              BpfLink link = object.program("xdp_prog1").attach(point)) {
            link.leaveAttached();
          }
          XdpAttachment found = only(Xdp.query(point.device()));
          assertTrue(found.program().loadedBy().isPresent(), "the mark outlives the object");
          assertTrue(Xdp.detach(found));
          assertFalse(Xdp.detach(found), "gone by now");
          assertEquals(List.of(), Xdp.query(point.device()));
        });
  }

  @Test
  void nativeModeWithoutADriverForItIsRefusedNotReplacedBySkb() throws Exception {
    network.run(
        () -> {
          try (BpfObject object = TestObjects.load("xdp1_kern")) {
            BpfUnsupportedException refused =
                assertThrows(
                    BpfUnsupportedException.class,
                    () -> object.program("xdp_prog1").attach(XdpAttachPoint.on("lo")));
            assertTrue(refused.sentence().contains("XdpMode.SKB"), refused.sentence());
          }
          assertEquals(List.of(), Xdp.query(XdpAttachPoint.on("lo").device()));
        });
  }

  @Test
  void aProgramOfAnotherTypeIsRefused() throws Exception {
    network.run(
        () -> {
          try (BpfObject object = TestObjects.load("socket_filter")) {
            BpfException refused =
                assertThrows(
                    BpfException.class,
                    () -> object.program("accept_all").attach(XdpAttachPoint.on("left")));
            assertTrue(refused.sentence().contains("SOCKET_FILTER"), refused.sentence());
          }
        });
  }

  private static XdpAttachment only(List<XdpAttachment> attachments) {
    assertEquals(1, attachments.size(), attachments.toString());
    return attachments.getFirst();
  }
}
