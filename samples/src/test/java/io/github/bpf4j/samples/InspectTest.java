package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfLink;
import io.github.bpf4j.BpfMap;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.BpfProgram;
import io.github.bpf4j.RunInput;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.samples.report.Json;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.system.RunStatistics;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code prog}, {@code map} and {@code link} against bpftool, on the same kernel. */
@KernelTest
final class InspectTest {
  private static final String PID = Long.toString(ProcessHandle.current().pid());
  private static final String NO_SUCH_ID = "2147483647";

  private static String bpftool(String line) {
    return Commands.run(("bpftool -j " + line).split(" ", -1));
  }

  /** What bpf4j says beyond bpftool is left out; this bpftool may not know who has what open. */
  private static Map<String, Object> common(Map<String, Object> ours, Map<String, Object> theirs) {
    Map<String, Object> common = new HashMap<>(ours);
    common.keySet().retainAll(theirs.keySet());
    return common;
  }

  private static void assertAgrees(String line) throws IOException {
    Map<String, Object> theirs = Json.object(bpftool(line));
    theirs.remove("pids");
    assertEquals(theirs, common(Here.object(line), theirs), line);
  }

  private static String id(BpfProgram program) {
    return Integer.toString(program.info().id());
  }

  private static String id(BpfMap map) {
    return Integer.toString(map.info().id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"xdp1_kern", "socket_filter", "two_programs", "globals", "test_run"})
  void programsAreShownAsByBpftool(String name) throws IOException {
    try (BpfObject object = TestObjects.load(name)) {
      for (BpfProgram program : object.programs()) {
        assertAgrees("prog show id " + id(program));
        String text = Commands.run("bpftool", "prog", "show", "id", id(program));
        // This test holds it open, which bpftool tells where it was built to.
        String ours = Here.run("prog show id " + id(program)).printed();
        assertEquals(text.replaceFirst("\n\tpids .*", ""), ours.replaceFirst("\n\tpids .*", ""));
        assertTrue(ours.matches("(?s).*\tpids java\\(" + PID + "\\)\n"), ours);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xdp1_kern", "maps", "globals", "map_in_map", "odd_sizes"})
  void mapsAreShownAsByBpftool(String name) throws IOException {
    try (BpfObject object = TestObjects.load(name)) {
      for (BpfMap map : object.maps()) {
        assertAgrees("map show id " + id(map));
        String text = Commands.run("bpftool", "map", "show", "id", id(map));
        String ours = Here.run("map show id " + id(map)).printed();
        assertEquals(text.replaceFirst("\n\tpids .*", ""), ours.replaceFirst("\n\tpids .*", ""));
      }
    }
  }

  @Test
  void whatRanIsShownAsByBpftool() throws IOException {
    try (BpfObject object = TestObjects.load("xdp1_kern");
        RunStatistics _ = BpfSystem.enableRunStatistics()) {
      BpfProgram program = object.program("xdp_prog1");
      program.run(RunInput.packet(Frames.arp()).repeat(10));
      assertAgrees("prog show id " + id(program));
      assertEquals(
          "10", "" + Here.object("prog show id " + id(program)).getOrDefault("run_cnt", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prog list", "prog", "map list", "map show"})
  void aListHoldsWhatBpftoolLists(String line) throws IOException {
    try (BpfObject _ = TestObjects.load("globals")) {
      // Others load and close meanwhile: what both saw is compared.
      Map<Object, Map<String, Object>> ours = new HashMap<>();
      Here.objects(line).forEach(object -> ours.put(object.get("id"), object));
      List<Map<String, Object>> theirs =
          Json.objects(bpftool(line.split(" ", -1)[0] + " list")).stream()
              .filter(object -> ours.containsKey(object.get("id")))
              .toList();
      assertTrue(theirs.size() > 0);
      int compared = 0;
      for (Map<String, Object> object : theirs) {
        Map<String, Object> own = ours.getOrDefault(object.get("id"), Map.of());
        if (own.getOrDefault("name", "").toString().contains("globals")) {
          object.remove("pids");
          assertEquals(object, common(own, object));
          compared++;
        }
      }
      assertTrue(compared > 0, theirs.toString());
    }
  }

  @Test
  void programsAreFoundByNameAndTagAndPin() throws IOException {
    Path pin = Path.of("/sys/fs/bpf/bpf4j-inspect-" + PID);
    try (BpfObject object = TestObjects.load("section_xdp1")) {
      BpfProgram program = object.programs().getFirst();
      Commands.run("bpftool", "prog", "pin", "id", id(program), pin.toString());
      for (String which :
          List.of("name " + program.name(), "tag " + program.info().tag(), "pinned " + pin)) {
        String found = Here.run("prog show -j -f " + which).printed();
        assertTrue(found.contains("\"id\":" + id(program) + ","), found);
        assertTrue(found.contains("\"pinned\":[\"" + pin + "\"]"), found);
        assertTrue(found.contains("{\"pid\":" + PID + ",\"comm\":\"java\"}"), found);
      }
      String text = Here.run("prog show --bpffs id " + id(program)).printed();
      assertTrue(text.contains("\n\tpinned " + pin + "\n\tbtf_id "), text);
      assertAgrees("prog show -f pinned " + pin);
    } finally {
      Files.deleteIfExists(pin);
    }
  }

  @Test
  void aLinkIsShownAndDetached() throws Exception {
    try (TestNetwork network = new TestNetwork();
        BpfObject object = TestObjects.load("xdp1_kern")) {
      network.run(
          () -> {
            BpfProgram program = object.program("xdp_prog1");
            XdpAttachPoint point = XdpAttachPoint.on("right").via(Via.LINK);
            try (BpfLink link = program.attach(point)) {
              int id = link.info().id();
              assertAgrees("link show id " + id);
              Map<String, Object> shown = Here.object("link show id " + id);
              assertEquals("xdp", shown.get("type"));
              assertEquals("right", shown.get("devname"));
              String text = Here.run("link show id " + id).printed();
              assertTrue(text.startsWith(id + ": xdp  prog " + id(program) + "\n\t"), text);
              String done = Here.run("link detach id " + id).done();
              assertEquals(
                  "bpf4j: detached link " + id + " (xdp, program " + id(program) + ")", done);
              assertEquals(false, link.isAttached());
              assertTrue(Here.run("link detach id " + id).done().endsWith(" was detached already"));
              assertEquals(false, Here.object("link detach id " + id).get("detached"));
              assertEquals("(detached)", Here.object("link show id " + id).get("devname"));
            }
            return;
          });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "prog show id " + NO_SUCH_ID + ", cannot show program id " + NO_SUCH_ID + ": there is none",
    "map show name no_such_map, cannot show map name no_such_map: there is none",
    "map dump id " + NO_SUCH_ID + ", cannot dump map id " + NO_SUCH_ID + ": there is none",
    "link show id " + NO_SUCH_ID + ", cannot show link id " + NO_SUCH_ID + ": there is none",
    "link detach id " + NO_SUCH_ID + ", cannot detach link id " + NO_SUCH_ID + ": there is none",
    "prog show pinned /sys/fs/bpf/nowhere, there is none",
    "map dump pinned /etc/passwd, cannot open the pin /etc/passwd",
  })
  void whatIsNotThereIsSaidInOneSentence(String line, String sentence) {
    String refused = Here.run(line).refused();
    assertTrue(refused.contains(sentence), refused);
  }
}
