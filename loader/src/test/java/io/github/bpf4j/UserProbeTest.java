package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.UprobeAttachPoint;
import io.github.bpf4j.attach.UprobeMultiAttachPoint;
import io.github.bpf4j.attach.UsdtAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.libbpf.Libbpf;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.Deeds;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.PerfLinks;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.Trail;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.LinkTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of the C library and static probes of this very JVM. */
@KernelTest
@Requires(KernelFeature.UPROBES)
final class UserProbeTest {
  private static final long COOKIE = 0x1234_5678_9abc_def0L;
  private static final int PID = (int) ProcessHandle.current().pid();
  private static final UprobeAttachPoint GETPGID =
      UprobeAttachPoint.on("libc.so.6").function("getpgid");

  @Test
  void seesAFunctionOfALibraryByItsName() {
    try (BpfObject object = TestObjects.load("probes")) {
      Trail trail = Trail.ofThisProcess(object);
      try (BpfLink link =
          object.program("entered").attach(GETPGID.cookie(PerfLinks.cookie(COOKIE)))) {
        Deeds.callGetpgid();
        assertEquals(List.of(PerfLinks.cookie(COOKIE)), trail.values(1));
        PerfLinks.check(link);
        assertEquals("entered on uprobe libc.so.6:getpgid", link.toString());
      }
      Deeds.callGetpgid();
      assertEquals(1, trail.steps().size(), "after the close");
    }
  }

  @Test
  void seesStartAndReturnInTurn() {
    try (BpfObject object = TestObjects.load("probes")) {
      Trail trail = Trail.ofThisProcess(object);
      long cookie = PerfLinks.cookie(COOKIE);
      UprobeAttachPoint here = GETPGID.pid(PID);
      try (BpfLink _ = object.program("entered").attach(here);
          BpfLink _ = object.program("returned").attach(here.returning().cookie(cookie))) {
        Deeds.callGetpgid();
        assertEquals(List.of(1L, 2L), trail.who());
        assertEquals(List.of(cookie), trail.values(2));
      }
    }
  }

  @Test
  void aCookieThatTheKernelDoesNotKnowIsRefused() {
    try (BpfObject object = TestObjects.load("probes")) {
      UprobeAttachPoint point = GETPGID.cookie(COOKIE);
      if (KernelFeature.PERF_EVENT_LINKS.isThere()) {
        object.program("entered").attach(point).close();
      } else {
        String refused = refusal(object.program("entered"), point);
        assertTrue(refused.contains("takes Linux 5.15"), refused);
      }
    }
  }

  @Test
  @Requires(KernelFeature.PERF_EVENT_LINK_TARGET)
  void seesAPlaceInTheFile() {
    try (BpfObject object = TestObjects.load("probes")) {
      Trail trail = Trail.ofThisProcess(object);
      LinkTarget.Uprobe place;
      try (BpfLink link = object.program("entered").attach(GETPGID)) {
        place = (LinkTarget.Uprobe) link.info().target();
      }
      assertTrue(place.path().endsWith("/libc.so.6"), place.path());
      UprobeAttachPoint point = UprobeAttachPoint.on(place.path()).offset(place.offset());
      try (BpfLink link = object.program("entered").attach(point)) {
        Deeds.callGetpgid();
        assertEquals(1, trail.values(1).size());
        assertTrue(link.toString().endsWith(":0x" + Long.toHexString(place.offset())));
      }
    }
  }

  @Test
  void theSectionSaysWhere() {
    try (BpfObject object = TestObjects.load("probes")) {
      Trail trail = Trail.ofThisProcess(object);
      try (BpfLink _ = object.program("by_section").attach()) {
        Deeds.callGetpgid();
        assertEquals(List.of(0L), trail.values(3));
      }
      BpfException refused =
          assertThrows(BpfException.class, () -> object.program("entered").attach());
      assertTrue(refused.sentence().contains("does not say where"), refused::toString);
    }
  }

  @Test
  void watchesOnlyTheProcessThatIsNamed() throws Exception {
    try (BpfObject object = TestObjects.load("probes")) {
      Trail trail = new Trail(object);
      Process other = new ProcessBuilder("sleep", "60").start();
      try (BpfLink _ = object.program("entered").attach(GETPGID.pid((int) other.pid()))) {
        Deeds.callGetpgid();
        assertEquals(List.of(), trail.steps());
      } finally {
        other.destroy();
        other.waitFor();
      }
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    try (BpfObject object = TestObjects.load("probes")) {
      BpfProgram program = object.program("entered");
      String refused = refusal(program, UprobeAttachPoint.on("libc.so.6").function("nonsense"));
      assertTrue(refused.contains("uprobe libc.so.6:nonsense"), refused);
      assertTrue(refused.contains("nonsense"), refused);
      refused = refusal(program, UprobeAttachPoint.on("/nowhere/at/all").function("main"));
      assertTrue(refused.contains("No such file"), refused);
    }
  }

  @Test
  @Requires(KernelFeature.UPROBE_MULTI)
  void seesManyFunctionsByOneLink() {
    try (OpenBpfObject open = TestObjects.open("probes")) {
      open.program("entered").attachType(BpfAttachType.TRACE_UPROBE_MULTI);
      try (BpfObject object = open.load()) {
        UprobeMultiAttachPoint point =
            UprobeMultiAttachPoint.of("libc.so.6", List.of("getpgid", "getpgrp"));
        BpfProgram program = object.program("entered");
        if (!Libbpf.isAtLeast(1, 3)) {
          BpfUnsupportedException refused =
              assertThrows(BpfUnsupportedException.class, () -> program.attach(point));
          assertTrue(refused.sentence().contains("libbpf 1.3.0 brought it"), refused::toString);
          return;
        }
        Trail trail = Trail.ofThisProcess(object);
        try (BpfLink link = program.attach(point.cookies(List.of(COOKIE, 2L)))) {
          Deeds.callGetpgid();
          assertEquals(List.of(COOKIE), trail.values(1));
          LinkTarget.UprobeMulti target = (LinkTarget.UprobeMulti) link.info().target();
          assertEquals(2, target.count());
          assertTrue(target.path().endsWith("/libc.so.6"), target::path);
        }
      }
    }
  }

  @Test
  void aStaticProbeOfThisJvmSeesItsThreads() throws Exception {
    seesThreadsOrIsRefused("usdt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"usdt_before_1_7", "usdt_since_1_7"})
  @Requires(KernelFeature.PERF_EVENT_LINKS)
  void aStaticProbeTellsWhatTheProgramUnderstands(String object) throws Exception {
    boolean recent = Libbpf.isAtLeast(1, 7);
    assertEquals(recent == object.equals("usdt_since_1_7"), seesThreadsOrIsRefused(object));
  }

  // Whatever headers the object was compiled with: what it sees is never wrong.
  private static boolean seesThreadsOrIsRefused(String name) throws Exception {
    String jvm = Path.of(System.getProperty("java.home"), "lib/server/libjvm.so").toString();
    assumeTrue(
        Commands.run("readelf", "--notes", jvm).contains("thread__start"),
        jvm + " has no static probes");
    try (BpfObject object = TestObjects.load(name)) {
      BpfProgram program = object.program("probe");
      UsdtAttachPoint point = UsdtAttachPoint.of(jvm, "hotspot", "thread__start").pid(PID);
      int argumentBytes = (object.map("__bpf_usdt_specs").info().valueSize() - 16) / 12;
      if (argumentBytes != (Libbpf.isAtLeast(1, 7) ? 24 : 16)) {
        String refused =
            assertThrows(BpfUnsupportedException.class, () -> program.attach(point)).sentence();
        assertTrue(refused.contains("compiled with the usdt.bpf.h of libbpf 1."), refused);
        return false;
      }
      Trail trail = Trail.ofThisProcess(object);
      try (BpfLink link = program.attach(point.cookie(COOKIE))) {
        Deeds.startThread();
        assertTrue(trail.values(1).contains(COOKIE), trail.steps()::toString);
        assertTrue(trail.values(2).getFirst() != 0, "the name of the thread");
        assertThrows(IllegalStateException.class, link::info);
        Path pin = Path.of("/sys/fs/bpf/bpf4j-usdt-" + PID);
        assertThrows(IllegalStateException.class, () -> link.pin(pin));
        assertTrue(Files.notExists(pin));
        assertTrue(link.isAttached());
      }
      int seen = trail.steps().size();
      Deeds.startThread();
      assertEquals(seen, trail.steps().size(), "after the close");
      String refused = refusal(program, UsdtAttachPoint.of(jvm, "hotspot", "nonsense"));
      assertTrue(refused.contains("hotspot:nonsense"), refused);
      return true;
    }
  }

  private static String refusal(BpfProgram program, AttachPoint point) {
    return assertThrows(BpfException.class, () -> program.attach(point)).sentence();
  }
}
