package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.attach.TcAttachment;
import io.github.bpf4j.attach.TcDirection;
import io.github.bpf4j.attach.TcxAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.Iproute2;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.SecondOwner;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Somebody else's program on a device: {@code ip}, {@code tc}, {@code bpftool} or another process
 * put it there. It is never removed, never replaced without the word, and always named.
 */
@KernelTest
final class TramplingDevicesTest {
  private static final int NEVER_AN_ID = Integer.MAX_VALUE;

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
  @CsvSource({
    "ip xdpdrv, NATIVE",
    "ip xdpdrv, SKB",
    "ip xdpgeneric, NATIVE",
    "ip xdpgeneric, SKB",
    "bpftool xdpdrv, NATIVE",
    "bpftool xdpgeneric, SKB",
  })
  void anXdpProgramIsNeitherReplacedNorJoined(String owner, XdpMode mode) throws Exception {
    network.run(
        () -> {
          try (BpfObject theirs = TestObjects.load("foreign_xdp");
              BpfObject ours = TestObjects.load("xdp1_kern")) {
            attachXdp(owner, theirs);
            int id = xdp().id();
            XdpAttachPoint point = XdpAttachPoint.on("left").mode(mode);
            BpfProgram program = ours.program("xdp_prog1");
            for (XdpAttachPoint attempt :
                List.of(point, point.via(Via.LINK), point.replacing(NEVER_AN_ID))) {
              assertNamed(program, attempt, id);
              assertEquals(id, xdp().id());
            }
          }
        });
  }

  private static void attachXdp(String owner, BpfObject theirs) {
    String[] words = owner.split(" ", -1);
    if (words[0].equals("ip")) {
      Iproute2.attachXdp("left", words[1]);
    } else {
      String id = Integer.toString(theirs.program("foreign").info().id());
      Commands.run("bpftool", "net", "attach", words[1], "id", id, "dev", "left");
    }
  }

  /** Not even by the word: the kernel lets nobody but its owner replace what a link holds. */
  @Test
  void anXdpLinkOfAnotherProcessIsNamedAndStays() throws Exception {
    network.run(
        () -> {
          try (SecondOwner owner = SecondOwner.xdp("left");
              BpfObject ours = TestObjects.load("xdp1_kern")) {
            BpfProgram program = ours.program("xdp_prog1");
            XdpAttachPoint point = XdpAttachPoint.on("left");
            for (XdpAttachPoint attempt :
                List.of(
                    point,
                    point.via(Via.LINK),
                    point.replacingAny(),
                    point.replacing(owner.programId()))) {
              String refused = assertNamed(program, attempt, owner.programId());
              assertTrue(refused.contains("by bpf_link "), refused);
              assertTrue(refused.contains("(pid " + owner.pid() + ")"), refused);
            }
            XdpAttachment found = Xdp.query(point.device()).getFirst();
            assertThrows(BpfException.class, () -> Xdp.detach(found));
            assertEquals(owner.programId(), xdp().id());
          }
        });
  }

  @Test
  void whatTookOurPlaceOnXdpStays() throws Exception {
    network.run(
        () -> {
          XdpAttachPoint point = XdpAttachPoint.on("left");
          int id;
          try (BpfObject theirs = TestObjects.load("foreign_xdp");
              BpfObject ours = TestObjects.load("xdp1_kern");
              BpfLink link = ours.program("xdp_prog1").attach(point)) {
            XdpAttachment stale = Xdp.query(point.device()).getFirst();
            Iproute2.replaceXdp("left", "xdpdrv");
            id = xdp().id();
            assertFalse(link.isAttached());
            BpfProgram next = theirs.program("foreign");
            assertThrows(BpfException.class, () -> link.update(next));
            assertFalse(link.detach());
            assertFalse(Xdp.detach(stale), "it is not what was found");
          }
          assertEquals(id, xdp().id());
        });
  }

  private static AttachedProgram xdp() {
    List<XdpAttachment> all = Xdp.query(NetworkDevice.of("left"));
    assertEquals(1, all.size(), all::toString);
    return all.getFirst().program();
  }

  @ParameterizedTest
  @CsvSource({"add", "replace"})
  void aFilterOfTcKeepsItsPlace(String verb) throws Exception {
    network.run(
        () -> {
          Commands.run("tc", "qdisc", "add", "dev", "left", "clsact");
          Iproute2.filter(verb, "left", "10", "1");
          int id = filters().getFirst().program().id();
          TcAttachPoint place = TcAttachPoint.ingress("left").priority(10).handle(1);
          try (BpfObject ours = TestObjects.load("tc")) {
            BpfProgram program = ours.program("second");
            assertNamed(program, place, id);
            assertNamed(program, place.replacing(NEVER_AN_ID), id);
            try (BpfLink _ = program.attach(TcAttachPoint.ingress("left"))) {
              assertEquals(2, filters().size(), "beside it");
            }
            assertEquals(List.of(id), filters().stream().map(f -> f.program().id()).toList());
            assertTrue(Commands.run("tc", "qdisc", "show", "dev", "left").contains("clsact"));
          }
        });
  }

  @Test
  void whatTookOurPlaceInTcStays() throws Exception {
    network.run(
        () -> {
          TcAttachPoint place = TcAttachPoint.ingress("left").priority(10).handle(1);
          int id;
          try (BpfObject ours = TestObjects.load("tc");
              BpfLink link = ours.program("second").attach(place)) {
            TcAttachment stale = filters().getFirst();
            Iproute2.filter("replace", "left", "10", "1");
            id = filters().getFirst().program().id();
            assertFalse(link.isAttached());
            assertThrows(BpfException.class, () -> link.update(ours.program("third")));
            assertFalse(link.detach());
            assertFalse(Tc.detach(stale), "it is not what was found");
          }
          assertEquals(id, filters().getFirst().program().id());
        });
  }

  @Test
  void aClassifierThatIsNoProgramKeepsItsPriority() throws Exception {
    network.run(
        () -> {
          Commands.run("tc", "qdisc", "add", "dev", "left", "clsact");
          Commands.run(
              "tc filter add dev left ingress prio 10 protocol all u32 match u32 0 0"
                  .split(" ", -1));
          try (BpfObject ours = TestObjects.load("tc")) {
            TcAttachPoint place = TcAttachPoint.ingress("left").priority(10);
            BpfProgram program = ours.program("second");
            String refused =
                assertThrows(BpfException.class, () -> program.attach(place)).sentence();
            assertTrue(refused.contains("u32"), refused);
            String there = Commands.run("tc", "filter", "show", "dev", "left", "ingress");
            assertTrue(there.contains("u32"), there);
          }
        });
  }

  private static List<TcAttachment> filters() {
    return Tc.query(NetworkDevice.of("left"), TcDirection.INGRESS);
  }

  @Test
  @Requires(KernelFeature.TCX)
  void aTcxLinkOfAnotherProcessKeepsItsPlace() throws Exception {
    network.run(
        () -> {
          try (SecondOwner owner = SecondOwner.tcx("left");
              BpfObject ours = TestObjects.load("tc")) {
            int id = owner.programId();
            TcxAttachPoint point = TcxAttachPoint.ingress("left");
            BpfProgram second = ours.program("second");
            try (BpfLink link = second.attach(point);
                BpfLink _ = ours.program("third").attach(point.withoutLink())) {
              link.update(ours.program("drop"));
              assertEquals(3, tcx().size());
              assertEquals(id, tcx().getFirst().id());
            }
            assertNamed(second, point.withoutLink().replacing(id), id);
            assertNamed(second, point.expecting(1), id);
            AttachedProgram found = tcx().getFirst();
            BpfException refused =
                assertThrows(
                    BpfException.class,
                    () -> Tcx.detach(NetworkDevice.of("left"), TcDirection.INGRESS, found));
            assertTrue(refused.sentence().contains("a bpf_link holds it"), refused::sentence);
            assertEquals(List.of(id), tcx().stream().map(AttachedProgram::id).toList());
          }
        });
  }

  private static List<AttachedProgram> tcx() {
    return Tcx.query(NetworkDevice.of("left"), TcDirection.INGRESS).programs();
  }

  private static String assertNamed(BpfProgram program, AttachPoint point, int id) {
    String refused = assertThrows(BpfException.class, () -> program.attach(point)).sentence();
    assertTrue(refused.contains("program " + id), refused);
    return refused;
  }
}
