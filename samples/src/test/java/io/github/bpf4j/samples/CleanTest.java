package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfLink;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.Cgroup;
import io.github.bpf4j.Devices;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestCgroup;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.TestPins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code clean}: all that killed processes left goes, and nothing else. */
@KernelTest
final class CleanTest {
  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  /** What becomes of one program; what other processes left on this machine is left out. */
  private static List<Map<String, Object>> about(int program, String options) throws IOException {
    return Here.objects("clean" + options).stream()
        .filter(outcome -> outcome.getOrDefault("id", 0L).equals((long) program))
        .toList();
  }

  private static String action(int program, String options) throws IOException {
    List<Map<String, Object>> about = about(program, options);
    assertEquals(1, about.size(), about::toString);
    return about.getFirst().getOrDefault("action", "").toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xdp", "tc"})
  void programsOfKilledProcessesGo(String how) throws Exception {
    network.run(() -> assertCleaned(how));
  }

  @Test
  @Requires(KernelFeature.TCX)
  void programsOfTcxGo() throws Exception {
    network.run(() -> assertCleaned("tcx"));
  }

  private static void assertCleaned(String how) throws Exception {
    int left = LeftBehind.by(how, Hook.DEVICE);
    assertFalse(Devices.query(NetworkDevice.of(Hook.DEVICE)).isFree());
    assertEquals("would_remove", action(left, " --dry-run"));
    assertFalse(Devices.query(NetworkDevice.of(Hook.DEVICE)).isFree(), "a dry run");
    assertEquals("removed", action(left, ""));
    assertTrue(Devices.query(NetworkDevice.of(Hook.DEVICE)).isFree());
    assertEquals(List.of(), about(left, ""));
  }

  @Test
  void programsOnCgroupsGo() throws Exception {
    try (TestCgroup cgroup = new TestCgroup()) {
      int left = LeftBehind.by("cgroup", cgroup.folder().toString());
      Map<String, Object> found = about(left, " -n").getFirst();
      assertEquals(cgroup.folder().toString(), found.get("cgroup"));
      assertEquals("cgroup_inet_egress", found.get("kind"));
      assertEquals("removed", action(left, ""));
      assertEquals(Map.of(), Cgroup.query(cgroup.folder()));
    }
  }

  @Test
  void programsInOtherNamespacesGo() throws Exception {
    String name = "bpf4j-clean-" + ProcessHandle.current().pid();
    Commands.run("ip", "netns", "add", name);
    try {
      Commands.run("ip", "-n", name, "link", "add", "near", "type", "veth", "peer", "name", "far");
      int left;
      try (NetworkNamespace there = NetworkNamespace.open(Path.of("/run/netns", name))) {
        left = there.call(() -> LeftBehind.by("xdp", "near"));
      }
      Map<String, Object> found = about(left, "").getFirst();
      assertEquals("removed", found.get("action"));
      assertEquals("/run/netns/" + name, found.get("netns"));
      assertEquals(List.of(), about(left, ""));
    } finally {
      Commands.run("ip", "netns", "delete", name);
    }
  }

  @Test
  void othersAndWhatWasLeftOnPurposeAndWhoIsAtWorkStay() throws Exception {
    network.run(
        () -> {
          Here.run("load left " + TestObjects.file("xdp1_kern")).done();
          int onPurpose = Devices.query(NetworkDevice.of("left")).xdp().getFirst().program().id();
          int foreign = Hook.attachForeign();
          assertEquals(List.of(), about(onPurpose, " --pinned"));
          assertEquals(List.of(), about(foreign, " --pinned"));
          Hook.assertIsForeign(foreign);
          Hook.detachAsStranger();
          try (BpfObject object = TestObjects.load("two_programs");
              BpfLink link = object.program("first").attach(XdpAttachPoint.on("right"))) {
            assertEquals(List.of(), about(object.program("first").info().id(), ""));
            assertTrue(link.isAttached());
          }
          Here.run("unload left").done();
        });
  }

  @Test
  void aPinnedLinkAtWorkTakesTheWord() throws Exception {
    try (TestPins pins = new TestPins()) {
      network.run(
          () -> {
            String pin = pins.name("deep/link").toString();
            int left = LeftBehind.by("xdppin", Hook.DEVICE, pin);
            Map<String, Object> kept = about(left, "").getFirst();
            assertEquals("kept", kept.get("action"));
            assertEquals("it is pinned, and at work; --pinned removes it", kept.get("reason"));
            assertEquals(List.of(pin), kept.get("pinned"));
            assertTrue(Hook.isTaken());
            assertEquals("removed", action(left, " --pinned"));
            Hook.assertFree();
            assertFalse(Files.exists(pins.folder().resolve("deep")), "its folder");
          });
    }
  }

  @Test
  void aPinnedLinkThatHoldsNothingGoes() throws Exception {
    try (TestPins pins = new TestPins()) {
      network.run(
          () -> {
            int left = LeftBehind.by("xdppin", Hook.DEVICE, pins.name("link").toString());
            Commands.run("ip", "link", "delete", Hook.DEVICE);
            assertEquals("removed", action(left, ""));
            assertEquals(List.of(), pins.names());
          });
    }
  }

  @Test
  void aPinnedLinkThatWasClosedOrLeftIsKept() throws Exception {
    try (TestPins pins = new TestPins();
        BpfObject object = TestObjects.load("two_programs")) {
      network.run(
          () -> {
            try (BpfLink link =
                object.program("first").attach(XdpAttachPoint.on("right").via(Via.LINK))) {
              link.pin(pins.name("closed"));
            }
            BpfLink link = object.program("second").attach(XdpAttachPoint.on("left").via(Via.LINK));
            link.pin(pins.name("left"));
            link.leaveAttached();
            assertTrue(Hook.only().program().loadedBy().orElseThrow().onPurpose());
            assertEquals(List.of(), about(object.program("first").info().id(), " --pinned"));
            assertEquals(List.of(), about(object.program("second").info().id(), " --pinned"));
            assertEquals(List.of("closed", "left"), pins.names());
            for (String name : List.of("closed", "left")) {
              BpfLink.openPinned(pins.name(name)).detach();
            }
          });
    }
  }

  @Test
  void foldersThatWereMadeForPinsAndAreEmptyTakeTheWord() throws Exception {
    try (TestPins pins = new TestPins();
        BpfObject object = TestObjects.load("globals")) {
      object.map("globals.data").pin(pins.name("made/by/us/data"));
      object.map("globals.data").unpin(pins.name("made/by/us/data"));
      Files.createDirectories(pins.folder().resolve("anothers"));
      assertFalse(Here.run("clean -n").out().contains(pins.folder().toString()));
      String would = Here.run("clean -n --pinned").out();
      assertTrue(would.contains("would remove empty folder " + pins.name("made/by/us")), would);
      Here.run("clean --pinned").out();
      assertFalse(Files.exists(pins.name("made")));
      assertTrue(Files.exists(pins.name("anothers")));
    }
  }

  @Test
  void aLineSaysWhatWasRemoved() throws Exception {
    network.run(
        () -> {
          int left = LeftBehind.by("xdp", Hook.DEVICE);
          String said = Here.run("clean").printed();
          assertTrue(
              said.contains("removed program " + left + " first (tag ")
                  && said.contains(" from right"),
              said);
        });
  }
}
