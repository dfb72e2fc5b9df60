package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A device that is watched, and what others do to it meanwhile. */
@KernelTest
final class XdpWatchTest {
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
  @EnumSource(Via.class)
  void itSeesTheProgramOfEachModeComeAndGo(Via via) {
    NetworkDevice device = network.deviceThere("left");
    try (XdpWatch watch = new XdpWatch(device);
        BpfObject object = TestObjects.load("xdp1_kern")) {
      BpfProgram program = object.program("xdp_prog1");
      for (XdpMode mode : new XdpMode[] {XdpMode.NATIVE, XdpMode.SKB}) {
        assertTrue(watch.look());
        assertEquals(0, watch.programId(mode));
        try (BpfLink _ = program.attach(XdpAttachPoint.on(device).mode(mode).via(via))) {
          for (XdpMode each : XdpMode.values()) {
            assertTrue(watch.look());
            assertEquals(each == mode ? program.info().id() : 0, watch.programId(each));
          }
        }
      }
    }
  }

  @Test
  void aDeviceThatIsGoneIsNotThere() throws Exception {
    try (XdpWatch watch = new XdpWatch(network.deviceThere("left"))) {
      assertTrue(watch.look());
      network.run(() -> Commands.run("ip", "link", "del", "left"));
      assertFalse(watch.look());
      assertEquals(0, watch.programId(XdpMode.NATIVE));
    }
  }

  @Test
  void aDeviceThatMovedIsNotThereAnyMore() throws Exception {
    try (TestNetwork other = new TestNetwork();
        XdpWatch watch = new XdpWatch(network.deviceThere("right"))) {
      Process inside = other.call(() -> new ProcessBuilder("sleep", "60").start());
      try {
        String pid = Long.toString(inside.pid());
        network.run(
            () -> Commands.run("ip", "link", "set", "dev", "right", "netns", pid, "name", "moved"));
        assertFalse(watch.look());
      } finally {
        inside.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void usedTooLateItSaysSo() {
    XdpWatch watch = new XdpWatch(network.deviceThere("left"));
    watch.close();
    watch.close();
    assertThrows(IllegalStateException.class, watch::look);
  }
}
