package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.Xdp;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.CommandLineProcess.Result;
import io.github.bpf4j.samples.demo.KnownFrames;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do to a run while it polls. */
@KernelTest
final class DisturbedPollingTest {
  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  /** Runs xdp1, disturbs it once it is attached, and returns what it gave up with. */
  private static String disturbed(TestNetwork.Code disturbance, String how) throws Exception {
    try (CommandLineProcess xdp1 = Bpf4j.command("xdp1", "-i", "0.1", how, Hook.DEVICE).start()) {
      xdp1.until("attached", Hook::isTaken);
      disturbance.run();
      Result result = xdp1.await();
      assertEquals("", result.out());
      return result.lastSentence();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--native-mode", "--skb-mode", "--link"})
  void anInterfaceThatVanishesIsMissed(String how) throws Exception {
    network.run(
        () -> {
          String said = disturbed(() -> Commands.run("ip", "link", "del", "left"), how);
          assertEquals("bpf4j: interface right is gone", said);
        });
  }

  @Test
  void aProgramInOurPlaceStaysThere() throws Exception {
    network.run(
        () -> {
          int[] foreign = new int[1];
          String said = disturbed(() -> foreign[0] = Hook.replaceByForeign(), "-N");
          assertTrue(said.contains("replaced by someone else's, which stays: program "), said);
          assertTrue(said.contains("program " + foreign[0] + " foreign"), said);
          Hook.assertIsForeign(foreign[0]);
        });
  }

  @Test
  void beingDetachedIsNoticed() throws Exception {
    network.run(
        () -> {
          String said = disturbed(Hook::detachAsStranger, "-N");
          assertEquals("bpf4j: the program was detached from right by someone else", said);
          Hook.assertFree();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"--native-mode", "--skb-mode", "--link"})
  void anInterfaceThatMovesToAnotherNamespaceIsToldAndLeftClean(String how) throws Exception {
    network.run(
        () -> {
          try (TestNetwork other = new TestNetwork()) {
            Process sleep = other.call(() -> new ProcessBuilder("sleep", "60").start());
            try {
              String pid = Long.toString(sleep.pid());
              Commands.run("ip", "link", "set", "dev", "left", "name", "sender");
              String said =
                  disturbed(
                      () ->
                          Commands.run(
                              "ip", "link", "set", "dev", "right", "netns", pid, "name", "there"),
                      how);
              assertTrue(said.startsWith("bpf4j: interface right was moved to network"), said);
              assertTrue(said.endsWith(" (named there there); the program is taken off it"), said);
              assertEquals(List.of(), Xdp.query(other.deviceThere("there")));
            } finally {
              sleep.destroyForcibly().waitFor();
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "live"})
  void aReaderThatGoesAwayEndsItQuietly(String format) throws Exception {
    network.run(
        () -> {
          NetworkDevice left = NetworkDevice.of("left");
          try (CommandLineProcess xdp1 =
              Bpf4j.command("xdp1", "-i", "0.1", "--format", format, Hook.DEVICE).startPiped()) {
            xdp1.until("attached", Hook::isTaken);
            KnownFrames.sendRounds(left, 1);
            try (InputStream head = xdp1.process().getInputStream()) {
              xdp1.until("a report", () -> head.available() > 0);
            }
            while (!xdp1.process().waitFor(50, TimeUnit.MILLISECONDS)) {
              KnownFrames.sendRounds(left, 1);
            }
            Result result = xdp1.await();
            assertEquals(1, result.status());
            assertEquals("", result.err());
          }
          Hook.assertFree();
        });
  }

  @Test
  void aFullDiskEndsItWithTheReason() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess xdp1 =
              Bpf4j.command("xdp1", "-i", "0.1", "--format", "json", Hook.DEVICE)
                  .startInto(Path.of("/dev/full"))) {
            String said = xdp1.await().lastSentence();
            assertEquals("bpf4j: cannot write the report: No space left on device", said);
          }
          Hook.assertFree();
        });
  }
}
