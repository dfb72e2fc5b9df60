package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfLink;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.attach.TcAttachPoint;
import io.github.bpf4j.attach.TcxAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.report.Json;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code status} against {@code bpftool net}, in the same network namespace. */
@KernelTest
final class StatusTest {
  private static final String PID = Long.toString(ProcessHandle.current().pid());
  private static final Map<String, String> MODES =
      Map.of("driver", "native", "generic", "skb", "offload", "hw");

  private TestNetwork network;

  @BeforeEach
  void makeNetwork() throws Exception {
    network = new TestNetwork();
  }

  @AfterEach
  void removeNetwork() {
    network.close();
  }

  /** What both tell of each program: of XDP or TC, in an order of its own. */
  private static List<String> ours(String kind) throws IOException {
    List<String> all = new ArrayList<>();
    for (Map<String, Object> device : Here.objects("status")) {
      for (Map<String, Object> found : list(device, kind)) {
        all.add(line(device, found, String.valueOf(found.get("mode"))));
      }
    }
    all.sort(null);
    return all;
  }

  private static List<String> bpftools(String kind) throws IOException {
    List<String> all = new ArrayList<>();
    Map<String, Object> net = Json.objects(Commands.run("bpftool", "-j", "net", "show")).getFirst();
    for (Map<String, Object> found : list(net, kind)) {
      all.add(line(found, found, mode(found)));
    }
    all.sort(null);
    return all;
  }

  /** In our words; programs of TC have none. */
  private static String mode(Map<String, Object> found) {
    String mode = String.valueOf(found.get("mode"));
    return MODES.getOrDefault(mode, mode);
  }

  private static String line(Map<String, Object> device, Map<String, Object> found, String mode) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("devname", device.get("devname"));
    fields.put("ifindex", device.get("ifindex"));
    fields.put("id", found.get("id"));
    fields.put("kind", found.getOrDefault("kind", "xdp"));
    fields.put("mode", mode);
    return fields.toString();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> object, String field) {
    return (List<Map<String, Object>>) object.getOrDefault(field, List.of());
  }

  @Test
  void everyProgramOfBpftoolIsThereWithTheSameFields() throws Exception {
    network.run(
        () -> {
          try (BpfObject xdp = TestObjects.load("two_programs");
              BpfObject tc = TestObjects.load("tc");
              BpfLink _ = xdp.program("first").attach(XdpAttachPoint.on("right"));
              BpfLink _ =
                  xdp.program("second")
                      .attach(XdpAttachPoint.on("left").mode(XdpMode.SKB).via(Via.LINK));
              BpfLink _ =
                  tc.program("first").attach(TcAttachPoint.ingress("left").priority(3).handle(7));
              BpfLink _ = tc.program("second").attach(TcAttachPoint.egress("left"));
              BpfLink _ = tc.program("third").attach(TcAttachPoint.egress("right"))) {
            assertEquals(2, ours("xdp").size());
            assertEquals(bpftools("xdp"), ours("xdp"));
            assertEquals(3, ours("tc").size());
            assertEquals(bpftools("tc"), ours("tc"));
          }
          assertEquals(List.of(), ours("xdp"));
          assertEquals(List.of(), ours("tc"));
        });
  }

  @Test
  @Requires(KernelFeature.TCX)
  void programsOfTcxAreThereToo() throws Exception {
    network.run(
        () -> {
          try (BpfObject tc = TestObjects.load("tc");
              BpfLink link = tc.program("first").attach(TcxAttachPoint.ingress("right"));
              BpfLink _ = tc.program("second").attach(TcxAttachPoint.egress("right"))) {
            List<Map<String, Object>> found = list(Here.objects("status right").getFirst(), "tc");
            assertEquals("tcx/ingress", found.getFirst().get("kind"));
            assertEquals((long) link.info().id(), found.getFirst().get("link_id"));
            assertEquals("first", found.getFirst().get("name"));
            assertEquals("tcx/egress", found.getLast().get("kind"));
          }
        });
  }

  @Test
  void theTableNamesOwnersAndInterfacesThatAreFree() throws Exception {
    network.run(
        () -> {
          int foreign = Hook.attachForeign();
          try (BpfObject xdp = TestObjects.load("two_programs");
              BpfLink link = xdp.program("first").attach(XdpAttachPoint.on("left").via(Via.LINK))) {
            String[] lines = Here.run("status").printed().split("\n", -1);
            assertTrue(
                lines[0].matches("Interface +Hook +Program name +Mode +ID +Tag +Owner"), lines[0]);
            assertTrue(lines[1].matches("lo +-"), lines[1]);
            assertTrue(
                lines[2].matches(
                    "right +xdp +foreign +native +" + foreign + " +[0-9a-f]{16}  uid 0"),
                lines[2]);
            assertTrue(
                lines[3].matches(
                    "left +xdp +first +native +[0-9]+ +[0-9a-f]{16}  bpf_link "
                        + link.info().id()
                        + ", java \\(pid "
                        + PID
                        + "\\)"),
                lines[3]);
          }
          assertEquals(2, Here.run("status left").printed().lines().count());
        });
  }

  @Test
  void anUnknownInterfaceIsRefused() throws Exception {
    network.run(
        () -> {
          String refused = Here.run("status eth9").refused();
          assertTrue(refused.endsWith("there are: lo, right, left"), refused);
          assertEquals(3, NetworkDevice.all().size());
        });
  }
}
