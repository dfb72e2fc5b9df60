package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.RawTracepointAttachPoint;
import io.github.bpf4j.attach.TracepointAttachPoint;
import io.github.bpf4j.attach.TracingAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.testing.Deeds;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.PerfLinks;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.Tracefs;
import io.github.bpf4j.testing.Trail;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfLinkType;
import io.github.bpf4j.uapi.LinkTarget;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tracepoints of all kinds and LSM hooks, each with a real event. */
@KernelTest
@ExtendWith(Tracefs.class)
final class TracingAttachTest {
  private static final long COOKIE = 0x1234_5678_9abc_def0L;

  @Test
  void aTracepointSeesTheSystemCall() {
    try (BpfObject object = only("tracepoint")) {
      Trail trail = Trail.ofThisProcess(object);
      TracepointAttachPoint point = TracepointAttachPoint.of("syscalls", "sys_enter_getpgid");
      long cookie = PerfLinks.cookie(COOKIE);
      try (BpfLink link = object.program("tracepoint").attach(point.cookie(cookie))) {
        Deeds.callGetpgid();
        assertEquals(List.of(cookie), trail.values(1));
        PerfLinks.check(link);
        if (KernelFeature.PERF_EVENT_LINK_TARGET.isThere()) {
          assertEquals(
              new LinkTarget.Tracepoint("sys_enter_getpgid", cookie), link.info().target());
        }
        assertTrue(link.isAttached());
        assertEquals("tracepoint on tracepoint syscalls/sys_enter_getpgid", link.toString());
      }
      Deeds.callGetpgid();
      assertEquals(1, trail.steps().size(), "after the close");
    }
  }

  @Test
  void theSectionSaysWhere() throws Exception {
    try (BpfObject object = only("tracepoint", "raw_tracepoint", "btf_tracepoint")) {
      Trail trail = Trail.ofThisProcess(object);
      try (BpfLink tracepoint = object.program("tracepoint").attach();
          BpfLink raw = object.program("raw_tracepoint").attach();
          BpfLink btf = object.program("btf_tracepoint").attach()) {
        Deeds.callGetpgid();
        Deeds.startThread();
        assertEquals(List.of(0L), trail.values(1));
        assertEquals(List.of(0L), trail.values(2));
        assertEquals(List.of(ProcessHandle.current().pid()), trail.values(3));
        PerfLinks.check(tracepoint);
        assertEquals(BpfLinkType.RAW_TRACEPOINT, raw.info().type());
        assertEquals(btf.info().programId(), object.program("btf_tracepoint").info().id());
      }
    }
  }

  @Test
  void aRawTracepointSeesTheNewThread() throws Exception {
    try (BpfObject object = only("raw_tracepoint")) {
      Trail trail = Trail.ofThisProcess(object);
      RawTracepointAttachPoint point = RawTracepointAttachPoint.of("task_newtask");
      try (BpfLink link = object.program("raw_tracepoint").attach(point)) {
        Deeds.startThread();
        assertEquals(List.of(0L), trail.values(2));
        LinkTarget.RawTracepoint target = (LinkTarget.RawTracepoint) link.info().target();
        assertEquals("task_newtask", target.name());
      }
      Deeds.startThread();
      assertEquals(1, trail.steps().size(), "after the close");
    }
  }

  @Test
  @Requires(KernelFeature.RAW_TRACEPOINT_COOKIE)
  void rawAndBtfTracepointsTakeCookies() throws Exception {
    try (BpfObject object = only("raw_tracepoint_cookie", "btf_tracepoint_cookie")) {
      Trail trail = Trail.ofThisProcess(object);
      try (BpfLink _ =
              object
                  .program("raw_tracepoint_cookie")
                  .attach(RawTracepointAttachPoint.of("task_newtask").cookie(COOKIE));
          BpfLink _ =
              object
                  .program("btf_tracepoint_cookie")
                  .attach(TracingAttachPoint.asLoaded().cookie(COOKIE + 1))) {
        Deeds.startThread();
        assertEquals(List.of(COOKIE), trail.values(2));
        assertEquals(List.of(COOKIE + 1), trail.values(4));
      }
    }
  }

  @Test
  void aBtfTracepointReadsTheKernelsStructs() throws Exception {
    try (BpfObject object = only("btf_tracepoint")) {
      Trail trail = Trail.ofThisProcess(object);
      try (BpfLink link = object.program("btf_tracepoint").attach(TracingAttachPoint.asLoaded())) {
        Deeds.startThread();
        assertEquals(List.of(ProcessHandle.current().pid()), trail.values(3));
        assertTrue(link.isAttached());
        assertThrows(
            BpfUnsupportedException.class, () -> link.update(object.program("btf_tracepoint")));
      }
    }
  }

  @Test
  @Requires(KernelFeature.LSM)
  void anLsmHookDecides(@TempDir Path folder) throws Exception {
    try (BpfObject object = only("forbid_mkdir")) {
      Trail trail = Trail.ofThisProcess(object);
      try (BpfLink link = object.program("forbid_mkdir").attach(TracingAttachPoint.asLoaded())) {
        FileSystemException refused =
            assertThrows(
                FileSystemException.class, () -> Files.createDirectory(folder.resolve("a")));
        assertTrue(refused.toString().contains("Operation not permitted"), refused::toString);
        assertEquals(1, trail.values(5).size());
        LinkTarget.Tracing target = (LinkTarget.Tracing) link.info().target();
        assertEquals(BpfAttachType.LSM_MAC, target.attachType());
      }
      Files.createDirectory(folder.resolve("a"));
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    try (BpfObject object = only("tracepoint", "raw_tracepoint")) {
      String refused =
          refusal(object.program("tracepoint"), TracepointAttachPoint.of("syscalls", "nonsense"));
      assertTrue(refused.contains("tracepoint syscalls/nonsense: No such file"), refused);
      refused = refusal(object.program("raw_tracepoint"), RawTracepointAttachPoint.of("nonsense"));
      assertTrue(refused.contains("this kernel has no tracepoint of that name"), refused);
      refused = refusal(object.program("tracepoint"), RawTracepointAttachPoint.of("sched_switch"));
      assertTrue(refused.contains("it is a program of type TRACEPOINT"), refused);
    }
  }

  @Test
  void aSectionThatSaysNothingIsNamed() {
    try (BpfObject object = TestObjects.load("tc")) {
      BpfException refused =
          assertThrows(BpfException.class, () -> object.program("first").attach());
      assertTrue(
          refused.sentence().contains("cannot attach first by section tc"), refused::toString);
      assertTrue(refused.sentence().contains("does not say where"), refused::toString);
    }
  }

  @Test
  void aLinkKeepsItsProgramWhenTheObjectIsClosed() {
    BpfObject object = only("tracepoint");
    Trail trail = Trail.ofThisProcess(object);
    BpfLink link = object.program("tracepoint").attach();
    Deeds.callGetpgid();
    assertEquals(1, trail.steps().size());
    object.close();
    Deeds.callGetpgid();
    assertTrue(link.isAttached());
    assertTrue(link.detach());
    assertFalse(link.detach());
    assertThrows(IllegalStateException.class, link::info);
  }

  private static BpfObject only(String... programs) {
    OpenBpfObject open = TestObjects.open("tracing");
    open.programs()
        .forEach(program -> program.autoload(List.of(programs).contains(program.name())));
    return open.load();
  }

  private static String refusal(BpfProgram program, AttachPoint point) {
    return assertThrows(BpfException.class, () -> program.attach(point)).sentence();
  }
}
