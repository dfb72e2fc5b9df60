package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.PerfEventAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.PerfLinks;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.Trail;
import io.github.bpf4j.uapi.LinkTarget;
import org.junit.jupiter.api.Test;

/** Samples of this process. */
@KernelTest
final class PerfEventAttachTest {
  private static final long COOKIE = 0x1234_5678_9abc_def0L;
  private static final int TYPE_SOFTWARE = 1;
  private static final long PAGE_FAULTS = 2;

  @Test
  void samplesTheCallingThreadByTime() {
    try (BpfObject object = TestObjects.load("perf_event")) {
      Trail trail = Trail.ofThisProcess(object);
      long cookie = PerfLinks.cookie(COOKIE);
      PerfEventAttachPoint point = PerfEventAttachPoint.cpuClock().frequency(1000).cookie(cookie);
      try (BpfLink link = object.program("sample").attach(point)) {
        workUntilSampled(trail);
        assertTrue(trail.values(1).contains(cookie));
        PerfLinks.check(link);
        if (KernelFeature.PERF_EVENT_LINK_TARGET.isThere()) {
          LinkTarget.PerfEvent target = (LinkTarget.PerfEvent) link.info().target();
          assertEquals(cookie, target.cookie());
        }
      }
    }
  }

  @Test
  void countsAnEventOfAllProcessesOnACpu() {
    try (BpfObject object = TestObjects.load("perf_event")) {
      Trail trail = new Trail(object);
      PerfEventAttachPoint point =
          PerfEventAttachPoint.event(TYPE_SOFTWARE, PAGE_FAULTS).period(1).onCpu(0);
      try (BpfLink _ = object.program("sample").attach(point)) {
        workUntilSampled(trail);
      }
      int seen = trail.steps().size();
      work();
      assertEquals(seen, trail.steps().size(), "after the close");
    }
  }

  @Test
  void anotherProcessIsSampled() throws Exception {
    Process busy = new ProcessBuilder("bash", "-c", "while :; do :; done").start();
    try (BpfObject object = TestObjects.load("perf_event")) {
      Trail trail = Trail.of(object, busy.pid());
      PerfEventAttachPoint point = PerfEventAttachPoint.cpuClock().pid((int) busy.pid());
      try (BpfLink link = object.program("sample").attach(point)) {
        trail.await(1, 2);
        assertEquals("sample on perf event 1:0", link.toString());
      }
    } finally {
      busy.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    try (BpfObject object = TestObjects.load("perf_event")) {
      BpfProgram program = object.program("sample");
      BpfException refused =
          assertThrows(
              BpfUnsupportedException.class,
              () -> program.attach(PerfEventAttachPoint.event(TYPE_SOFTWARE, 9999)));
      assertTrue(refused.sentence().contains("does not count that event"), refused::toString);
      refused =
          assertThrows(
              BpfException.class,
              () -> program.attach(PerfEventAttachPoint.cpuClock().pid(0x3fffff)));
      assertTrue(refused.sentence().contains("there is no thread 4194303"), refused::toString);
      refused =
          assertThrows(BpfException.class, () -> program.attach(PerfEventAttachPoint.ofFd(9999)));
      assertTrue(refused.sentence().contains("perf event fd 9999"), refused::toString);
    }
  }

  private static void workUntilSampled(Trail trail) {
    for (int i = 0; i < 10_000 && trail.values(1).isEmpty(); i++) {
      work();
    }
    assertTrue(!trail.values(1).isEmpty());
  }

  /** Takes time, and memory that was not touched before. */
  private static void work() {
    byte[] memory = new byte[1 << 20];
    for (int i = 0; i < memory.length; i += 4096) {
      memory[i] = 1;
    }
  }
}
