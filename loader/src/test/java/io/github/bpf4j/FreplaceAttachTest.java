package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.FreplaceAttachPoint;
import io.github.bpf4j.attach.TracingAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfLinkType;
import org.junit.jupiter.api.Test;

/** Functions of a program that another program replaces. */
@KernelTest
@Requires(KernelFeature.FREPLACE)
final class FreplaceAttachTest {
  private static final int XDP_DROP = 1;
  private static final int XDP_PASS = 2;

  @Test
  void theFunctionIsReplacedUntilTheLinkIsClosed() {
    try (BpfObject target = TestObjects.load("replaced");
        BpfObject object = loadedFor(target)) {
      replacesAndRestores(object, target, TracingAttachPoint.asLoaded());
      int fd = target.program("dispatch").fd();
      replacesAndRestores(object, target, FreplaceAttachPoint.of(fd, "verdict"));
    }
  }

  @Test
  void theSameFunctionOfAnotherProgramIsReplacedToo() {
    try (BpfObject target = TestObjects.load("replaced");
        BpfObject other = TestObjects.load("replaced");
        BpfObject object = loadedFor(target)) {
      int fd = other.program("dispatch").fd();
      replacesAndRestores(object, other, FreplaceAttachPoint.of(fd, "verdict"));
      assertEquals(XDP_PASS, verdict(target));
    }
  }

  @Test
  void aFunctionThatIsNotThereIsNamed() {
    try (BpfObject target = TestObjects.load("replaced");
        BpfObject object = loadedFor(target)) {
      FreplaceAttachPoint point =
          FreplaceAttachPoint.of(target.program("dispatch").fd(), "nonsense");
      BpfException refused =
          assertThrows(BpfException.class, () -> object.program("replacement").attach(point));
      assertTrue(refused.sentence().contains("nonsense"), refused::toString);
    }
  }

  private static BpfObject loadedFor(BpfObject target) {
    OpenBpfObject open = TestObjects.open("replacement");
    open.program("replacement").attachTarget(target.program("dispatch"), "verdict");
    return open.load();
  }

  private static void replacesAndRestores(BpfObject object, BpfObject target, AttachPoint point) {
    assertEquals(XDP_PASS, verdict(target));
    try (BpfLink link = object.program("replacement").attach(point)) {
      assertEquals(XDP_DROP, verdict(target));
      assertEquals(BpfLinkType.TRACING, link.info().type());
      assertTrue(link.isAttached());
    }
    assertEquals(XDP_PASS, verdict(target));
  }

  private static int verdict(BpfObject target) {
    return target.program("dispatch").run(RunInput.packet(new byte[64])).verdict();
  }
}
