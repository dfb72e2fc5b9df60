package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.KprobeAttachPoint;
import io.github.bpf4j.attach.KprobeMultiAttachPoint;
import io.github.bpf4j.attach.KsyscallAttachPoint;
import io.github.bpf4j.attach.TracingAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.libbpf.Libbpf;
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

/** Functions of the kernel: by kprobes, and by trampolines. */
@KernelTest
@ExtendWith(Tracefs.class)
final class KernelFunctionTest {
  private static final long COOKIE = 0x1234_5678_9abc_def0L;

  @TempDir private Path folder;

  @Test
  @Requires(KernelFeature.KPROBES)
  void kprobesSeeStartAndReturn() throws Exception {
    try (BpfObject object = TestObjects.load("kernel_functions")) {
      Trail trail = Trail.ofThisProcess(object);
      KprobeAttachPoint point = KprobeAttachPoint.on("security_inode_unlink");
      long cookie = PerfLinks.cookie(COOKIE);
      long other = PerfLinks.cookie(COOKIE + 1);
      try (BpfLink link = object.program("kprobe").attach(point.cookie(cookie));
          BpfLink _ = object.program("kretprobe").attach(point.returning().cookie(other))) {
        unlink();
        assertEquals(List.of(1L, 2L), trail.who());
        assertEquals(List.of(cookie), trail.values(1));
        assertEquals(List.of(other), trail.values(2));
        PerfLinks.check(link);
      }
      unlink();
      assertEquals(2, trail.steps().size(), "after the close");
    }
  }

  @Test
  @Requires(KernelFeature.KPROBES)
  void sectionsSayWhere() throws Exception {
    try (BpfObject object = TestObjects.load("kernel_functions")) {
      Trail trail = Trail.ofThisProcess(object);
      try (BpfLink _ = object.program("kprobe").attach();
          BpfLink _ = object.program("kretprobe").attach();
          BpfLink _ = object.program("ksyscall").attach()) {
        unlink();
        Deeds.callGetpgid();
        assertEquals(List.of(1L, 2L, 3L), trail.who());
      }
    }
  }

  @Test
  @Requires(KernelFeature.KPROBES)
  void aSystemCallIsSeenWhateverItsFunctionIsNamed() {
    try (BpfObject object = TestObjects.load("kernel_functions")) {
      Trail trail = Trail.ofThisProcess(object);
      long cookie = PerfLinks.cookie(COOKIE);
      KsyscallAttachPoint point = KsyscallAttachPoint.on("getpgid").cookie(cookie);
      try (BpfLink _ = object.program("ksyscall").attach(point)) {
        Deeds.callGetpgid();
        assertEquals(List.of(cookie), trail.values(3));
      }
    }
  }

  @Test
  void withoutKprobesOrTheFunctionItSaysSo() {
    OpenBpfObject open = TestObjects.open("kernel_functions");
    try (BpfObject object = open.load()) {
      BpfException refused =
          assertThrows(
              BpfException.class,
              () -> object.program("kprobe").attach(KprobeAttachPoint.on("no_such_function")));
      assertTrue(refused.sentence().contains("kprobe no_such_function"), refused::toString);
    }
  }

  @Test
  @Requires(KernelFeature.KPROBE_MULTI)
  void manyFunctionsAreSeenByOneLink() throws Exception {
    try (OpenBpfObject open = TestObjects.open("kernel_functions")) {
      open.program("kprobe").attachType(BpfAttachType.TRACE_KPROBE_MULTI);
      try (BpfObject object = open.load()) {
        Trail trail = Trail.ofThisProcess(object);
        KprobeMultiAttachPoint point =
            KprobeMultiAttachPoint.of(List.of("security_inode_unlink", "security_inode_rmdir"));
        try (BpfLink link =
            object.program("kprobe").attach(point.cookies(List.of(COOKIE, COOKIE + 1)))) {
          unlink();
          assertEquals(List.of(COOKIE), trail.values(1));
          assertEquals(BpfLinkType.KPROBE_MULTI, link.info().type());
        }
        try (BpfLink _ =
            object
                .program("kprobe")
                .attach(KprobeMultiAttachPoint.matching("security_inode_unlin*"))) {
          unlink();
          assertEquals(2, trail.steps().size());
        }
      }
    }
  }

  @Test
  @Requires(KernelFeature.KPROBE_SESSION)
  void aSessionSeesStartAndReturn() throws Exception {
    try (OpenBpfObject open = TestObjects.open("kernel_functions")) {
      open.program("kprobe").attachType(BpfAttachType.TRACE_KPROBE_SESSION);
      try (BpfObject object = open.load()) {
        Trail trail = Trail.ofThisProcess(object);
        BpfProgram program = object.program("kprobe");
        KprobeMultiAttachPoint point =
            KprobeMultiAttachPoint.of(List.of("security_inode_unlink")).session();
        if (!Libbpf.isAtLeast(1, 5)) {
          BpfUnsupportedException refused =
              assertThrows(BpfUnsupportedException.class, () -> program.attach(point));
          assertTrue(refused.sentence().contains("libbpf 1.5 brought it"), refused::toString);
          return;
        }
        try (BpfLink _ = program.attach(point)) {
          unlink();
          assertEquals(List.of(1L, 1L), trail.who());
        }
      }
    }
  }

  @Test
  @Requires(KernelFeature.TRAMPOLINES)
  void fentryAndFexitSeeStartAndResult() throws Exception {
    try (BpfObject object = TestObjects.load("trampolines")) {
      Trail trail = Trail.ofThisProcess(object);
      TracingAttachPoint point = TracingAttachPoint.asLoaded();
      BpfProgram entered = object.program("entered");
      boolean cookies = KernelFeature.TRAMPOLINE_COOKIE.isThere();
      if (!cookies) {
        BpfException refused =
            assertThrows(BpfException.class, () -> entered.attach(point.cookie(COOKIE)));
        assertTrue(refused.sentence().contains("a cookie takes Linux 5.19"), refused::toString);
      }
      long cookie = cookies ? COOKIE : 0;
      try (BpfLink link = entered.attach(point.cookie(cookie));
          BpfLink _ = object.program("returned").attach(point)) {
        unlink();
        assertEquals(List.of(cookie), trail.values(1));
        assertEquals(List.of(0L), trail.values(2), "it succeeded");
        LinkTarget.Tracing target = (LinkTarget.Tracing) link.info().target();
        assertEquals(BpfAttachType.TRACE_FENTRY, target.attachType());
      }
      unlink();
      assertEquals(2, trail.steps().size(), "after the close");
    }
  }

  @Test
  @Requires(KernelFeature.TRAMPOLINES)
  void fmodRetDecides() throws Exception {
    try (BpfObject object = TestObjects.load("trampolines")) {
      Trail trail = Trail.ofThisProcess(object);
      try (BpfLink _ = object.program("forbid_mkdir").attach()) {
        assertThrows(FileSystemException.class, () -> Files.createDirectory(folder.resolve("a")));
        assertEquals(List.of(3L), trail.who());
      }
      Files.createDirectory(folder.resolve("a"));
    }
  }

  private void unlink() throws Exception {
    Files.delete(Files.createFile(folder.resolve("file")));
  }
}
