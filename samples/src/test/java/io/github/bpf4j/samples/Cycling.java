package io.github.bpf4j.samples;

import io.github.bpf4j.BpfLink;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.BpfProgram;
import io.github.bpf4j.OpenBpfMap;
import io.github.bpf4j.OpenBpfObject;
import io.github.bpf4j.Xdp;
import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.attach.TcxAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.testing.TestObjects;
import java.nio.file.Path;

/**
 * A process that loads, pins, attaches, asks, detaches and closes, again and again, until it is
 * killed:
 *
 * <pre>
 *   WAY DEVICE FOLDER       WAY: one of {@link Way}, FOLDER: for pins
 * </pre>
 */
final class Cycling {
  private static final int QUESTIONS = 3;

  private Cycling() {}

  /** How the program is held. */
  enum Way {
    NETLINK,
    LINK,
    PINNED_LINK,
    TC,
    TCX,
    /** By netlink, given up on purpose, and removed as another process would. */
    LEFT,
    /** Not at all: an object whose map is pinned. */
    PINNED_MAP;

    AttachPoint point(String device) {
      return switch (this) {
        case NETLINK, LEFT, PINNED_MAP -> XdpAttachPoint.on(device);
        case LINK, PINNED_LINK -> XdpAttachPoint.on(device).via(Via.LINK);
        case TC -> TcAttachPoint.ingress(device);
        case TCX -> TcxAttachPoint.ingress(device).withoutLink();
      };
    }
  }

  public static void main(String[] args) {
    Way way = Way.valueOf(args[0]);
    for (int i = 0; ; i++) {
      cycle(way, args[1], Path.of(args[2], "deep", "name" + i % 2));
      if (i == 0) {
        System.out.println("warm");
      }
    }
  }

  private static void cycle(Way way, String device, Path pin) {
    boolean isTc = way == Way.TC || way == Way.TCX;
    try (OpenBpfObject open =
        TestObjects.open(isTc ? "tc" : way == Way.PINNED_MAP ? "pinned_map" : "two_programs")) {
      open.maps().stream()
          .filter(map -> map.pinPath().isPresent())
          .forEach((OpenBpfMap map) -> map.pinPath(pin));
      try (BpfObject object = open.load()) {
        if (way == Way.PINNED_MAP) {
          object.map("bpf4j_seen").unpin(pin);
        } else {
          attach(way, object.program("first"), device, pin);
        }
      }
    }
  }

  private static void attach(Way way, BpfProgram program, String device, Path pin) {
    try (BpfLink link = program.attach(way.point(device))) {
      if (way == Way.PINNED_LINK) {
        link.pin(pin);
      }
      for (int i = 0; i < QUESTIONS; i++) {
        if (!link.isAttached()) {
          throw new IllegalStateException(link + " is gone");
        }
      }
      if (way == Way.LEFT) {
        link.leaveAttached();
        Xdp.query(NetworkDevice.of(device)).forEach(Xdp::detach);
      }
      if (way == Way.PINNED_LINK) {
        link.detach();
      }
    }
  }
}
