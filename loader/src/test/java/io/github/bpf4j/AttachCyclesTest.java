package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.CgroupAttachPoint;
import io.github.bpf4j.attach.NetnsAttachPoint;
import io.github.bpf4j.attach.RawTracepointAttachPoint;
import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.attach.TcDirection;
import io.github.bpf4j.attach.TcxAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.Soak;
import io.github.bpf4j.testing.TestCgroup;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Attached and detached over and over: no descriptor more, nothing on a hook, and no program in the
 * kernel. {@code -Dbpf4j.soak=true} does it 10,000 times for each hook, which takes half an hour:
 * the kernel waits for its CPUs each time that a device's program goes.
 */
@KernelTest
@Tag(Soak.TAG)
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class AttachCyclesTest {
  private static final long TIMES = Soak.times(100, 10_000);

  /** What the JVM opens for itself, jars aside; what leaks with each attach is far more. */
  private static final long OF_THE_JVM = 8;

  @Test
  void onDevices() throws Exception {
    try (TestNetwork network = new TestNetwork();
        BpfObject xdp = TestObjects.load("xdp1_kern");
        BpfObject tc = TestObjects.load("tc")) {
      network.run(
          () -> {
            NetworkDevice left = NetworkDevice.of("left");
            XdpAttachPoint point = XdpAttachPoint.on("left");
            cycle(xdp.program("xdp_prog1"), point);
            cycle(xdp.program("xdp_prog1"), point.via(Via.LINK));
            cycle(tc.program("first"), TcAttachPoint.ingress("left"));
            assertEquals(List.of(), Xdp.query(left));
            assertEquals(List.of(), Tc.query(left, TcDirection.INGRESS));
          });
    }
  }

  @Test
  @Requires(KernelFeature.TCX)
  void onTcx() throws Exception {
    try (TestNetwork network = new TestNetwork();
        BpfObject tc = TestObjects.load("tc")) {
      network.run(
          () -> {
            TcxAttachPoint point = TcxAttachPoint.ingress("left");
            cycle(tc.program("first"), point);
            cycle(tc.program("first"), point.withoutLink());
            assertEquals(
                List.of(), Tcx.query(NetworkDevice.of("left"), TcDirection.INGRESS).programs());
          });
    }
  }

  @Test
  void onCgroups() throws Exception {
    try (TestCgroup cgroup = new TestCgroup();
        BpfObject object = TestObjects.load("cgroup")) {
      CgroupAttachPoint point = CgroupAttachPoint.of(cgroup.folder());
      cycle(object.program("egress"), point);
      cycle(object.program("egress"), point.withoutLink());
      assertEquals(Map.of(), Cgroup.query(cgroup.folder()));
    }
  }

  @Test
  void onNamespacesAndTracepoints() throws Exception {
    try (TestNetwork network = new TestNetwork();
        BpfObject lookup = TestObjects.load("sk_lookup");
        BpfObject raw = TestObjects.load("test_run")) {
      network.run(() -> cycle(lookup.program("redirect"), NetnsAttachPoint.current()));
      cycle(raw.program("arguments"), RawTracepointAttachPoint.of("sys_enter"));
    }
  }

  @Test
  void ofWholeObjects() throws Exception {
    try (TestNetwork network = new TestNetwork()) {
      network.run(
          () -> {
            long open = descriptors();
            int id = 0;
            for (long i = 0; i < TIMES; i++) {
              try (BpfObject object = TestObjects.load("xdp1_kern");
                  BpfLink link = object.program("xdp_prog1").attach(XdpAttachPoint.on("left"))) {
                assertTrue(link.isAttached());
                id = object.program("xdp_prog1").info().id();
              }
            }
            assertNoMoreThan(open);
            assertTrue(isGone(id), "program " + id + " is still there");
          });
    }
  }

  private static void cycle(BpfProgram program, AttachPoint point) throws IOException {
    long open = descriptors();
    long start = System.nanoTime();
    for (long i = 0; i < TIMES; i++) {
      try (BpfLink link = program.attach(point)) {
        assertTrue(link.isAttached(), point::toString);
      }
    }
    if (Soak.isOn()) {
      System.out.printf(
          "%s: %,d times, %,d µs each%n", point, TIMES, (System.nanoTime() - start) / 1000 / TIMES);
    }
    assertNoMoreThan(open);
  }

  private static void assertNoMoreThan(long before) throws IOException {
    long now = descriptors();
    assertTrue(now <= before + OF_THE_JVM, now + " descriptors, " + before + " before");
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(descriptor -> !isJar(descriptor)).count();
    }
  }

  private static boolean isJar(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().endsWith(".jar");
    } catch (IOException e) {
      return true; // the listing's own, closed meanwhile
    }
  }

  /** The kernel frees a program when it gets round to it. */
  private static boolean isGone(int id) throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      if (BpfSystem.program(id).isEmpty()) {
        return true;
      }
      Thread.sleep(10);
    }
    return false;
  }
}
