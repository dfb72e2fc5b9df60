package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.samples.report.Json;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code features} and {@code doctor} on the kernel that runs. */
@KernelTest
final class HostCommandsTest {
  private static List<Map<String, Object>> doctor(int status, Path... objects) throws Exception {
    StringBuilder line = new StringBuilder("doctor --json");
    for (Path object : objects) {
      line.append(' ').append(object);
    }
    Here.Result result = Here.run(line.toString());
    List<Map<String, Object>> findings = Json.objects(result.out());
    List<Map<String, Object>> of =
        findings.stream().filter(each -> word(each, "subject").contains(".o")).toList();
    boolean missing = findings.stream().anyMatch(each -> word(each, "state").equals("missing"));
    assertEquals(missing ? 1 : 0, result.status(), result.out());
    assertTrue(status == 0 || missing, result.out());
    return of;
  }

  private static String word(Map<String, Object> object, String key) {
    return String.valueOf(object.get(key));
  }

  private static Map<?, ?> inner(Map<String, Object> object, String key) {
    return (Map<?, ?>) Objects.requireNonNull(object.get(key), key);
  }

  @Test
  void whatBpftoolFindsIsFound() throws Exception {
    Map<String, Object> ours = Here.object("features");
    Map<String, Object> theirs =
        Json.object(Commands.run("bpftool", "--json", "feature", "probe", "kernel"));
    for (String kind : List.of("program_types", "map_types")) {
      Map<?, ?> found = inner(ours, kind);
      inner(theirs, kind)
          .forEach(
              (name, there) -> {
                assertTrue(found.containsKey(name), () -> "features is silent about " + name);
                if (there.equals(true)) {
                  assertEquals(true, found.get(name), name::toString);
                }
              });
    }
  }

  @Test
  void helpersAreThoseOfTheirType() throws Exception {
    Map<?, ?> helpers = inner(Here.object("features --helpers"), "helpers");
    List<?> xdp = (List<?>) Objects.requireNonNull(helpers.get("xdp_available_helpers"));
    assertTrue(xdp.contains("bpf_xdp_adjust_head"), xdp::toString);
    assertFalse(xdp.contains("bpf_skb_store_bytes"), xdp::toString);
  }

  @Test
  void eachFeatureSaysSinceWhenLinuxHasIt() {
    String text = Here.run("features").printed();
    assertTrue(text.contains("Linux 6.6: programs in an order on ingress and egress"), text);
    assertTrue(text.startsWith("Linux " + System.getProperty("os.version") + ", libbpf "), text);
  }

  @Test
  void anObjectThatLoadsSaysHowMuchWorkTheVerifierHad() throws Exception {
    List<Map<String, Object>> found = doctor(0, TestObjects.file("two_programs"));
    assertEquals(List.of("ok", "ok"), found.stream().map(each -> word(each, "state")).toList());
    assertTrue(
        word(found.getFirst(), "found").matches("loads as XDP, \\d+ instructions .*"),
        found::toString);
  }

  @Test
  void theProgramThatIsRefusedIsNamedWithTheReason() throws Exception {
    List<Map<String, Object>> found = doctor(1, TestObjects.file("two_verdicts"));
    assertEquals(3, found.size(), found::toString);
    List<Map<String, Object>> refused =
        found.stream().filter(each -> word(each, "state").equals("missing")).toList();
    assertEquals(1, refused.size(), found::toString);
    String reason = word(refused.getFirst(), "found");
    assertTrue(reason.contains("the verifier refused it: "), reason);
  }

  @Test
  void aFileThatIsNoObjectIsSaidToBeNone() throws Exception {
    List<Map<String, Object>> found =
        doctor(1, TestObjects.file("big_endian"), Path.of("/nonexistent.o"));
    assertTrue(word(found.getFirst(), "found").contains("it is big-endian"));
    assertTrue(word(found.getLast(), "found").contains("there is no such file"));
  }

  @Test
  void nothingIsPinnedByTheTry() throws Exception {
    String line = "doctor " + TestObjects.file("legacy_iproute2");
    Here.Result result = Here.run(line);
    assertTrue(result.out().contains("classify: "), result.out());
    assertTrue(result.out().contains("loads as SCHED_CLS"), result.out());
    assertFalse(Files.exists(Path.of("/sys/fs/bpf/tc")), "a pin was left");
  }
}
