package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bpf4j.Xdp;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.Iproute2;
import java.util.List;

/** The XDP hook of the device {@code right}, and programs of others on it. */
final class Hook {
  static final String DEVICE = "right";

  private Hook() {}

  static List<XdpAttachment> attached() {
    return Xdp.query(NetworkDevice.of(DEVICE));
  }

  static boolean isTaken() {
    return !attached().isEmpty();
  }

  static XdpAttachment only() {
    List<XdpAttachment> attached = attached();
    assertEquals(1, attached.size(), attached.toString());
    return attached.getFirst();
  }

  static void assertFree() {
    assertEquals(List.of(), attached());
  }

  static void assertIsForeign(int programId) {
    XdpAttachment found = only();
    assertEquals(programId, found.program().id());
    assertEquals("foreign", found.program().info().orElseThrow().name());
  }

  /** Attaches a program as somebody else; its id. */
  static int attachForeign() {
    Iproute2.attachXdp(DEVICE, "xdpdrv");
    return only().program().id();
  }

  /** Puts somebody else's program in the place of the one that is there; its id. */
  static int replaceByForeign() {
    Iproute2.replaceXdp(DEVICE, "xdpdrv");
    return only().program().id();
  }

  /** Detaches as somebody else. */
  static void detachAsStranger() {
    Commands.run("ip", "link", "set", "dev", DEVICE, "xdpdrv", "off");
  }
}
