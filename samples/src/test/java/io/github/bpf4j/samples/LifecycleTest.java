package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.demo.KnownFrames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the program on the interface, however the process ends. */
@KernelTest
final class LifecycleTest {
  private static final int KILLED = 128 + 9;
  private static final int TERMINATED = 128 + 15;
  private static final int PIPE_CAPACITY = 65_536;

  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  private static CommandLineProcess startAttached(String... more) throws Exception {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "xdp1";
    System.arraycopy(more, 0, arguments, 1, more.length);
    arguments[more.length + 1] = Hook.DEVICE;
    // Where tests run in the background of a shell, SIGINT is ignored unless said otherwise.
    CommandLineProcess process =
        Bpf4j.command(arguments).under("env", "--default-signal=INT,TERM").start();
    try {
      process.until("attached", () -> Hook.attached().stream().anyMatch(LifecycleTest::isMarked));
      return process;
    } catch (Exception | Error e) {
      process.close();
      throw e;
    }
  }

  private static boolean isMarked(XdpAttachment attachment) {
    return attachment.program().loadedBy().isPresent() || attachment.program().linkId().isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aSignalDetachesAndEndsWithASummary(String signal) throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess xdp1 = startAttached("-i", "0.1")) {
            Map<Integer, Long> sent = KnownFrames.sendRounds(NetworkDevice.of("left"), 2);
            xdp1.until("a report", () -> xdp1.printed().contains("proto 132: "));
            xdp1.signal(signal);
            String summary = xdp1.await().summary();
            assertTrue(summary.endsWith(KnownFrames.asSummary(sent)), summary);
            assertTrue(summary.matches("bpf4j: right: [1-9]\\d* reports? in .*"), summary);
            Hook.assertFree();
          }
        });
  }

  @Test
  void signalsAtAnyMomentLeaveNothing() throws Exception {
    Random random = new Random(2);
    network.run(
        () -> {
          for (int i = 0; i < 20; i++) {
            int millis = random.nextInt(501);
            try (CommandLineProcess xdp1 = Bpf4j.command("xdp1", Hook.DEVICE).start()) {
              Thread.sleep(millis);
              xdp1.signal("TERM");
              CommandLineProcess.Result result = xdp1.await();
              assertEquals(List.of(), Hook.attached(), "after " + millis + " ms: " + result);
              if (!diedBeforeMain(result)) {
                assertTrue(
                    result.status() == 0 || result.status() == TERMINATED,
                    "after " + millis + " ms: " + result);
                assertEquals("", result.out());
              }
            }
          }
        });
  }

  // A signal in the few milliseconds between the JVM's handler and its own initialization ends the
  // JVM with this complaint on stdout, before any code of ours has run.
  private static boolean diedBeforeMain(CommandLineProcess.Result result) {
    return result.status() == 1
        && result.out().startsWith("Error occurred during initialization of VM");
  }

  @Test
  void aSignalDetachesAlsoWhenNobodyReadsTheReports() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess xdp1 =
              Bpf4j.command("xdp1", "-i", "0.0001", "--format", "json", Hook.DEVICE).startPiped()) {
            InputStream reports = xdp1.process().getInputStream();
            xdp1.until("its write waits for a reader", () -> isStuck(reports));
            xdp1.signal("TERM");
            assertEquals(TERMINATED, xdp1.await().status());
            Hook.assertFree();
          }
        });
  }

  /** Nearly full, and no more comes. */
  private static boolean isStuck(InputStream reports) throws Exception {
    int before = reports.available();
    Thread.sleep(500);
    return before >= PIPE_CAPACITY - 4096 && reports.available() == before;
  }

  @Test
  void whatAKillLeavesDetachRemoves() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess xdp1 = startAttached()) {
            xdp1.signal("KILL");
            assertEquals(KILLED, xdp1.await().status());
            XdpAttachment left = Hook.only();
            String said = Bpf4j.run("detach", Hook.DEVICE).summary();
            assertTrue(said.startsWith("bpf4j: detached program " + left.program().id()), said);
            assertTrue(said.contains("left by bpf4j process " + xdp1.pid()), said);
            Hook.assertFree();
          }
          String said = Bpf4j.run("detach", Hook.DEVICE).summary();
          assertEquals("bpf4j: nothing is attached to right", said);
        });
  }

  @Test
  void aKillLeavesNothingOfALink() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess xdp1 = startAttached("--link")) {
            assertTrue(Hook.only().program().linkId().isPresent());
            xdp1.signal("KILL");
            assertEquals(KILLED, xdp1.await().status());
          }
          Hook.assertFree();
        });
  }

  @Test
  void aNewRunTakesThePlaceOfWhatAKillLeft() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess xdp1 = startAttached()) {
            xdp1.signal("KILL");
            xdp1.await();
            String refused = Bpf4j.run("xdp1", Hook.DEVICE).sentence();
            assertTrue(refused.contains("left by bpf4j process " + xdp1.pid()), refused);
            assertTrue(
                refused.endsWith("; bpf4j detach right removes it, -F replaces it"), refused);
          }
          Bpf4j.run("xdp1", "-F", "-i", "0.1", "-c", "1", Hook.DEVICE).summary();
          Hook.assertFree();
        });
  }

  @Test
  void aSecondRunIsRefusedAndTheFirstGoesOn() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess first = startAttached("-i", "0.2")) {
            int program = Hook.only().program().id();
            String refused = Bpf4j.run("xdp1", Hook.DEVICE).sentence();
            assertTrue(refused.contains("right already has program " + program), refused);
            assertTrue(refused.contains("(pid " + first.pid() + ")"), refused);
            assertEquals(program, Hook.only().program().id());
            Map<Integer, Long> sent = KnownFrames.sendRounds(NetworkDevice.of("left"), 1);
            first.until("a report", () -> first.printed().contains("proto 132: "));
            first.signal("TERM");
            String summary = first.await().summary();
            assertTrue(summary.endsWith(KnownFrames.asSummary(sent)), summary);
          }
          Hook.assertFree();
        });
  }

  @Test
  void aRunThatFailsNeverRemovesAnothersProgram() throws Exception {
    network.run(
        () -> {
          int foreign = Hook.attachForeign();
          String[][] failing = {
            {"xdp1", Hook.DEVICE},
            {"xdp1", "--link", Hook.DEVICE},
            {"xdp1", "-F", "--link", Hook.DEVICE},
            {"xdp1", "-F", "-S", Hook.DEVICE},
            {"xdp1", "-F", "--hw-mode", Hook.DEVICE},
          };
          for (String[] arguments : failing) {
            Bpf4j.run(arguments).sentence();
            Hook.assertIsForeign(foreign);
          }
        });
  }

  @Test
  void detachLeavesOthersProgramsUnlessForced() throws Exception {
    network.run(
        () -> {
          int foreign = Hook.attachForeign();
          String refused = Bpf4j.run("detach", Hook.DEVICE).sentence();
          assertTrue(refused.contains("program " + foreign + " foreign"), refused);
          assertTrue(refused.contains("bpf4j did not load it; -F"), refused);
          Hook.assertIsForeign(foreign);
          Bpf4j.run("detach", "-F", Hook.DEVICE).summary();
          Hook.assertFree();
        });
  }

  @Test
  void detachLeavesARunningProcessItsProgramUnlessForced() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess xdp1 = startAttached("-i", "0.2")) {
            String refused = Bpf4j.run("detach", Hook.DEVICE).sentence();
            assertTrue(refused.contains("end it by kill " + xdp1.pid() + ";"), refused);
            assertTrue(Hook.isTaken());
            Bpf4j.run("detach", "-F", Hook.DEVICE).summary();
            Hook.assertFree();
            String noticed = xdp1.await().lastSentence();
            assertTrue(noticed.contains("was detached from right by someone else"), noticed);
          }
        });
  }

  @Test
  void detachEndsALivingLinkOnlyByForce() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess xdp1 = startAttached("--link", "-i", "0.2")) {
            int link = Hook.only().program().linkId().orElseThrow();
            String refused = Bpf4j.run("detach", Hook.DEVICE).sentence();
            String owner = "java (pid " + xdp1.pid() + ")";
            assertTrue(
                refused.contains("bpf_link " + link + " holds it: end " + owner + ", with which"),
                refused);
            assertFalse(Hook.attached().isEmpty());
            Bpf4j.run("detach", "-F", Hook.DEVICE).summary();
            Hook.assertFree();
            String noticed = xdp1.await().lastSentence();
            assertTrue(noticed.contains("was detached from right by someone else"), noticed);
          }
        });
  }

  @Test
  void aLinkThatIsInTheWayIsNamedWithItsOwner() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess xdp1 = startAttached("--link")) {
            for (String how : new String[] {"-N", "-F", "--link"}) {
              String refused = Bpf4j.run("xdp1", how, Hook.DEVICE).sentence();
              assertTrue(refused.contains("end java (pid " + xdp1.pid() + ")"), refused);
              assertTrue(refused.endsWith("bpf4j detach -F right"), refused);
            }
            xdp1.signal("TERM");
            xdp1.await().summary();
          }
          Hook.assertFree();
        });
  }
}
