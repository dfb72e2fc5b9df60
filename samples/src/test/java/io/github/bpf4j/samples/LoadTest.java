package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.samples.report.Json;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.SecondOwner;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.TestPins;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code load} and {@code unload}: what stays, whose it is, and who may take it away. */
@KernelTest
final class LoadTest {
  private static final String XDP1 = TestObjects.file("xdp1_kern").toString();
  private static final String PINNED = TestObjects.file("pinned_map").toString();

  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  private static int load(String line) throws IOException {
    Map<String, Object> loaded = Json.object(Here.run("load --json " + line).out());
    return Json.number(loaded, "id").intValue();
  }

  @Test
  void whatIsLoadedOutlivesTheCommandAndIsUnloaded() throws Exception {
    network.run(
        () -> {
          String said = Bpf4j.run("load", Hook.DEVICE, XDP1).summary();
          AttachedProgram program = Hook.only().program();
          assertTrue(
              said.startsWith(
                  "bpf4j: attached program %d xdp_prog1 (tag %s, native mode) to right; "
                      .formatted(program.id(), program.info().orElseThrow().tag())),
              said);
          assertTrue(said.endsWith("bpf4j unload right removes it"), said);
          AttachedProgram.LoadedBy owner = program.loadedBy().orElseThrow();
          assertTrue(owner.onPurpose(), owner::toString);
          assertFalse(owner.running(), owner::toString);
          assertFalse(owner.leftBehind(), owner::toString);
          String refused = Here.run("detach right").refused();
          assertTrue(refused.contains("it was left on purpose: bpf4j unload right"), refused);
          String unloaded = Here.run("unload right").done();
          assertTrue(unloaded.startsWith("bpf4j: unloaded program " + program.id()), unloaded);
          assertTrue(unloaded.contains("left on purpose by bpf4j process " + owner.pid()));
          Hook.assertFree();
          assertEquals("bpf4j: nothing is attached to right", Here.run("unload right").done());
        });
  }

  @Test
  void itsModeIsTheOneThatIsAskedFor() throws Exception {
    network.run(
        () -> {
          Commands.run("ip", "link", "set", "dev", "lo", "up");
          String refused = Here.run("load lo " + XDP1).refused();
          assertTrue(refused.endsWith("try skb mode, which every device has: -m skb"), refused);
          Map<String, Object> loaded =
              Json.object(Here.run("load -m SKB --json lo " + XDP1).printed());
          assertEquals("skb", loaded.get("mode"));
          List<Map<String, Object>> unloaded = Here.objects("unload lo");
          assertEquals(loaded.get("id"), unloaded.getFirst().get("id"));
          assertEquals("skb", unloaded.getFirst().get("mode"));
          refused = Here.run("load -m hw right " + XDP1).refused();
          assertTrue(refused.endsWith("try native mode, -m native, or skb mode, -m skb"), refused);
        });
  }

  @Test
  void aTakenHookNamesTheOwnerAndTheWayOut() throws Exception {
    network.run(
        () -> {
          int own = load("right " + XDP1);
          String refused = Here.run("load right " + XDP1).refused();
          assertTrue(refused.contains("right already has program " + own + " xdp_prog1"), refused);
          assertTrue(refused.endsWith("; bpf4j unload right removes it, -F replaces it"), refused);
          refused = Here.run("load -m skb right " + XDP1).refused();
          assertTrue(
              refused.endsWith(
                  "by bpf4j unload right, or run this one in native mode too: -m" + " native -F"),
              refused);
          int next = load("-F right " + XDP1);
          assertEquals(next, Hook.only().program().id());
          Here.run("unload right").done();

          int foreign = Hook.attachForeign();
          refused = Here.run("load right " + XDP1).refused();
          assertTrue(refused.contains("program " + foreign + " foreign"), refused);
          assertTrue(refused.endsWith("-F replaces it"), refused);
          Hook.assertIsForeign(foreign);
        });
  }

  @Test
  void anothersProgramIsUnloadedOnlyByItsIdOrWithAll() throws Exception {
    network.run(
        () -> {
          int foreign = Hook.attachForeign();
          String refused = Here.run("unload right").refused();
          assertTrue(refused.contains("program " + foreign + " foreign"), refused);
          assertTrue(
              refused.endsWith("bpf4j did not load it; -i " + foreign + " unloads it all the same"),
              refused);
          refused = Here.run("unload -i " + (foreign + 1) + " right").refused();
          assertTrue(refused.contains("there is program " + foreign + " foreign"), refused);
          Hook.assertIsForeign(foreign);
          String said = Here.run("unload -i " + foreign + " right").done();
          assertTrue(said.startsWith("bpf4j: unloaded program " + foreign + " foreign"), said);
          Hook.assertFree();

          Hook.attachForeign();
          Here.run("unload --all right").done();
          Hook.assertFree();
        });
  }

  @Test
  void aLinkIsNamedAndEndsOnlyByTheWord() throws Exception {
    network.run(
        () -> {
          try (SecondOwner other = SecondOwner.xdp(Hook.DEVICE)) {
            int link = Hook.only().program().linkId().orElseThrow();
            String refused = Here.run("unload right").refused();
            assertTrue(
                refused.contains(
                    "bpf_link " + link + " holds it: end java (pid " + other.pid() + ")"),
                refused);
            Hook.assertIsForeign(other.programId());
            Here.run("unload -i " + other.programId() + " right").done();
            Hook.assertFree();
          }
        });
  }

  @Test
  void aRunningProcessKeepsItsProgram() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess xdp1 = Bpf4j.command("xdp1", Hook.DEVICE).start()) {
            xdp1.until(
                "marked",
                () ->
                    Hook.attached().stream()
                        .anyMatch(found -> found.program().loadedBy().isPresent()));
            String refused = Here.run("unload right").refused();
            assertTrue(refused.contains("end it by kill " + xdp1.pid() + "; -i "), refused);
            xdp1.signal("KILL");
            xdp1.await();
          }
          String said = Here.run("unload right").done();
          assertTrue(said.contains("left by bpf4j process "), said);
          Hook.assertFree();
        });
  }

  @Test
  void mapsArePinnedWhereItIsSaidAndStay() throws Exception {
    try (TestPins pins = new TestPins()) {
      network.run(
          () -> {
            String where = "right " + PINNED + " -p " + pins.name("deep");
            Map<String, Object> loaded = Json.object(Here.run("load --json " + where).printed());
            String path = pins.name("deep/bpf4j_seen").toString();
            assertEquals(List.of(path), loaded.get("pinned"));
            Object map = Here.object("map show pinned " + path).get("id");
            Here.run("unload right").done();
            assertEquals(List.of("deep/bpf4j_seen"), pins.names());
            load(where);
            assertEquals(map, Here.object("map show pinned " + path).get("id"), "used again");
            Here.run("unload right").done();
          });
    }
  }

  @Test
  void aLoadThatFailsLeavesNoPins() throws Exception {
    try (TestPins pins = new TestPins()) {
      network.run(
          () -> {
            int foreign = Hook.attachForeign();
            Here.run("load right " + PINNED + " -p " + pins.name("deep")).refused();
            Hook.assertIsForeign(foreign);
            assertFalse(Files.exists(pins.name("deep")), "the folder is still there");
          });
    }
  }

  @Test
  void aFolderWithoutUseIsSaid() throws Exception {
    network.run(
        () -> {
          Here.Result result = Here.run("load -p /sys/fs/bpf/no right " + XDP1);
          assertEquals(0, result.status(), result.err());
          assertTrue(result.err().contains("nothing is pinned at /sys/fs/bpf/no: no map"));
          Here.run("unload right").done();
        });
  }

  @Test
  void programsAreChosenByNameAndSection() throws Exception {
    String two = TestObjects.file("two_programs").toString();
    network.run(
        () -> {
          String refused = Here.run("load right " + two).refused();
          assertTrue(refused.endsWith("choose one with -n NAME: first, second"), refused);
          load("-n second right " + two);
          assertEquals("second", Hook.only().program().info().orElseThrow().name());
          Here.run("unload right").done();
          refused = Here.run("load -s classifier right " + two).refused();
          assertTrue(refused.contains("it has no section classifier: first is of type"), refused);
          refused = Here.run("load -n third right " + two).refused();
          assertTrue(refused.contains("first, second"), refused);
          Hook.assertFree();
        });
  }

  @Test
  void aReportThatNobodyTakesIsAFailureAfterWhichNothingStays() throws Exception {
    network.run(
        () -> {
          try (CommandLineProcess load =
              Bpf4j.command("load", "--json", Hook.DEVICE, XDP1)
                  .under("bash", "-c", "exec \"$@\" > /dev/full", "bash")
                  .start()) {
            String refused = load.await().sentence();
            assertTrue(refused.endsWith("cannot write the report: No space left on device"));
          }
          Hook.assertFree();
        });
  }

  @Test
  void twoCapabilitiesAreEnoughToLoad() throws Exception {
    String needed = "-all,+bpf,+net_admin,+dac_override";
    network.run(
        () -> {
          Bpf4j.command("load", Hook.DEVICE, XDP1)
              .under("setpriv", "--bounding-set=" + needed, "--inh-caps=" + needed)
              .run()
              .summary();
          assertTrue(Hook.only().program().loadedBy().orElseThrow().onPurpose());
          String refused =
              Bpf4j.command("unload", Hook.DEVICE)
                  .under("setpriv", "--bounding-set=" + needed, "--inh-caps=" + needed)
                  .run()
                  .sentence();
          assertTrue(refused.endsWith("without CAP_SYS_ADMIN: run as root"), refused);
          Here.run("unload right").done();
        });
  }
}
