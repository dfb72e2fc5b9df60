package io.github.bpf4j;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfMap.Access;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.net.PacketSocket;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.Companion;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.PlainUser;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.TestPins;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user who is not root, with no more than it takes. */
@KernelTest
final class LeastPrivilegeTest {
  private static final int UDP = 17;
  private static final int FRAMES = 3;

  private PlainUser user;

  @BeforeEach
  void copyClasses() {
    user = new PlainUser();
  }

  @AfterEach
  void removeClasses() {
    user.close();
  }

  /** What the user's JVM does: a line when it is done, and another when it may end. */
  static final class Child {
    public static void main(String[] args) throws IOException {
      try {
        switch (args[0]) {
          case "xdp" -> xdp(Path.of(args[1]));
          case "trace" -> trace(Path.of(args[1]));
          case "poll" -> poll(Path.of(args[1]));
          default -> throw new IllegalArgumentException(args[0]);
        }
      } catch (BpfException e) {
        System.out.println(e.sentence());
      }
    }

    private static void xdp(Path file) throws IOException {
      try (BpfObject object = BpfObject.open(file).load();
          BpfLink link = object.program("xdp_prog1").attach(XdpAttachPoint.on("left"))) {
        say("attached " + link.isAttached());
        long[] sums = new long[256];
        object.map("rxcnt").counters().read(sums);
        System.out.println(sums[UDP]);
      }
    }

    private static void trace(Path file) throws IOException {
      OpenBpfObject open = BpfObject.open(file);
      open.programs().forEach(program -> program.autoload(program.name().equals("arguments")));
      try (BpfObject object = open.load();
          BpfLink link = object.program("arguments").attach()) {
        say("attached " + link.isAttached());
      }
    }

    /** Takes no capability: looks at a value, and looks again later. */
    private static void poll(Path pin) throws IOException {
      try (OwnedBpfMap map = BpfMap.openPinned(pin, Access.READ_ONLY)) {
        say(Long.toString(first(map)));
        System.out.println(first(map));
      }
    }

    private static long first(BpfMap map) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment value = arena.allocate(JAVA_LONG);
        map.lookup(arena.allocateFrom(JAVA_INT, 0), value);
        return value.get(JAVA_LONG, 0);
      }
    }

    private static void say(String done) throws IOException {
      System.out.println(done);
      while (System.in.read() >= 0) {}
    }
  }

  @Test
  void xdpTakesTwoCapabilities() throws Exception {
    String object = user.object("xdp1_kern");
    try (TestNetwork network = new TestNetwork()) {
      network.run(
          () -> {
            Companion running = user.start("bpf net_admin", Child.class, "xdp", object);
            try (running) {
              assertEquals("attached true", running.line());
              assertEquals(1, Xdp.query(NetworkDevice.of("left")).size());
              try (PacketSocket socket = PacketSocket.on(NetworkDevice.of("right"))) {
                for (int i = 0; i < FRAMES; i++) {
                  assertTrue(socket.send(Frames.ipv4(UDP)));
                }
              }
            }
            assertEquals(Integer.toString(FRAMES), running.line());
            assertEquals(0, Xdp.query(NetworkDevice.of("left")).size());
          });
    }
  }

  @Test
  void tracingTakesTwoCapabilities() {
    String object = user.object("test_run");
    try (Companion running = user.start("bpf perfmon", Child.class, "trace", object)) {
      assertEquals("attached true", running.line());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "xdp, xdp1_kern, bpf, CAP_NET_ADMIN",
    "xdp, xdp1_kern, net_admin, CAP_BPF",
    "xdp, xdp1_kern, '', CAP_BPF and CAP_NET_ADMIN",
    "trace, test_run, bpf, CAP_PERFMON",
    "trace, test_run, perfmon, CAP_BPF",
    "trace, test_run, bpf net_admin, CAP_PERFMON",
  })
  void whatIsMissingIsNamed(String what, String object, String capabilities, String missing)
      throws Exception {
    String file = user.object(object);
    try (TestNetwork network = new TestNetwork()) {
      network.run(
          () -> {
            try (Companion running = user.start(capabilities, Child.class, what, file)) {
              String said = String.valueOf(running.line());
              assertTrue(said.startsWith("cannot load "), said);
              assertTrue(said.contains("this thread lacks " + missing + ":"), said);
            }
          });
    }
  }

  @Test
  @Requires(KernelFeature.UNPRIVILEGED_MAPS)
  void readingAPinnedMapTakesNone() {
    try (TestPins pins = new TestPins();
        BpfObject object = TestObjects.load("maps")) {
      BpfMap map = object.map("array");
      put(map, 41);
      Path pin = pins.name("numbers");
      map.pin(pin);
      Commands.run("chmod", "755", pins.folder().toString());
      Companion forbidden = user.start("", Child.class, "poll", pin.toString());
      try (forbidden) {
        String said = String.valueOf(forbidden.line());
        assertTrue(said.startsWith("cannot open"), said);
        assertTrue(said.contains("(EACCES"), said);
      }
      Commands.run("chmod", "444", pin.toString());
      Companion running = user.start("", Child.class, "poll", pin.toString());
      try (running) {
        assertEquals("41", running.line());
        put(map, 42);
      }
      assertEquals("42", running.line());
    }
  }

  private static void put(BpfMap map, long value) {
    try (Arena arena = Arena.ofConfined()) {
      map.update(arena.allocateFrom(JAVA_INT, 0), arena.allocateFrom(JAVA_LONG, value), Update.ANY);
    }
  }
}
