package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfLink;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.OpenBpfObject;
import io.github.bpf4j.OpenBpfProgram;
import io.github.bpf4j.attach.AttachPoint;
import io.github.bpf4j.attach.CgroupAttachPoint;
import io.github.bpf4j.attach.IterAttachPoint;
import io.github.bpf4j.attach.NetfilterAttachPoint;
import io.github.bpf4j.attach.NetfilterAttachPoint.NetfilterHook;
import io.github.bpf4j.attach.NetnsAttachPoint;
import io.github.bpf4j.attach.PerfEventAttachPoint;
import io.github.bpf4j.attach.RawTracepointAttachPoint;
import io.github.bpf4j.attach.SockmapAttachPoint;
import io.github.bpf4j.attach.TcxAttachPoint;
import io.github.bpf4j.attach.TracepointAttachPoint;
import io.github.bpf4j.attach.TracingAttachPoint;
import io.github.bpf4j.attach.UprobeAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachPoint.Via;
import io.github.bpf4j.samples.report.Json;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestCgroup;
import io.github.bpf4j.testing.TestNetwork;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfLinkType;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * All programs, maps and links of this machine, those of every kind of hook among them, against
 * bpftool, field by field.
 *
 * <p>One by one: where bpftool lists, Linux 6.18 fills in only what a map has and leaves the rest
 * as bpftool handed it over, so that bpftool 7.1 prints a {@code btf_id} of the map before.
 */
@KernelTest
final class AgreementTest {
  private static final int TRIES = 3;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Set<BpfLinkType> kinds = EnumSet.noneOf(BpfLinkType.class);

  @BeforeEach
  void attachToEverything() throws Exception {
    TestNetwork network = keep(new TestNetwork());
    network.run(
        () -> {
          BpfObject tc = load("tc");
          attach(load("two_programs"), "first", XdpAttachPoint.on("left").via(Via.LINK));
          attach(load("two_programs"), "second", XdpAttachPoint.on("right"));
          attach(load("sk_lookup"), "redirect", NetnsAttachPoint.current());
          if (KernelFeature.TCX.isThere()) {
            attach(tc, "first", TcxAttachPoint.ingress("left"));
            attach(tc, "second", TcxAttachPoint.egress("left").withoutLink());
          }
          if (KernelFeature.NETFILTER.isThere()) {
            attach(
                netfilter(),
                "accept_all",
                NetfilterAttachPoint.ipv4(NetfilterHook.LOCAL_IN).priority(-10));
          }
        });
    TestCgroup cgroup = keep(new TestCgroup());
    attach(load("cgroup"), "egress", CgroupAttachPoint.of(cgroup.folder()));
    BpfObject tracing = only("tracing", "tracepoint", "raw_tracepoint", "btf_tracepoint");
    attach(tracing, "tracepoint", TracepointAttachPoint.of("syscalls", "sys_enter_getpgid"));
    attach(tracing, "raw_tracepoint", RawTracepointAttachPoint.of("task_newtask"));
    attach(tracing, "btf_tracepoint", TracingAttachPoint.asLoaded());
    attach(load("perf_event"), "sample", PerfEventAttachPoint.cpuClock().frequency(10));
    attach(load("probes"), "entered", UprobeAttachPoint.on("libc.so.6").function("getpgid"));
    attach(load("iterators"), "tasks", IterAttachPoint.all());
    BpfObject sockmap = load("sockmap");
    if (KernelFeature.SOCKMAP_LINK.isThere()) {
      attach(sockmap, "sent", SockmapAttachPoint.on(sockmap.map("sockets").fd()).byLink());
    }
    keep(load("struct_ops").attachStructOps("ours"));
    for (String each : List.of("map_types", "type_zoo", "map_in_map", "globals", "ring")) {
      load(each);
    }
  }

  private <T extends AutoCloseable> T keep(T resource) {
    open.add(resource);
    return resource;
  }

  private BpfObject load(String name) {
    return keep(TestObjects.load(name));
  }

  /** Some programs of an object: machines may forbid the others. */
  private BpfObject only(String name, String... programs) {
    try (OpenBpfObject object = TestObjects.open(name)) {
      object.programs().forEach(each -> each.autoload(List.of(programs).contains(each.name())));
      return keep(object.load());
    }
  }

  /** An older libbpf does not know the section's name. */
  private BpfObject netfilter() {
    try (OpenBpfObject object = TestObjects.open("netfilter")) {
      OpenBpfProgram program = object.program("accept_all");
      program.type(BpfProgramType.NETFILTER);
      program.attachType(BpfAttachType.NETFILTER);
      program.autoload(true);
      return keep(object.load());
    }
  }

  private void attach(BpfObject object, String program, AttachPoint point) {
    BpfLink link = keep(object.program(program).attach(point));
    BpfSystem.links().stream()
        .filter(each -> each.programId() == object.program(program).info().id())
        .forEach(each -> kinds.add(each.type()));
    assertTrue(link.isAttached(), point::toString);
  }

  @AfterEach
  void detachAll() throws Exception {
    for (AutoCloseable resource : open.reversed()) {
      resource.close();
    }
  }

  @Test
  void programsAgree() throws Exception {
    assertAgree("prog", ids("prog list"));
  }

  @Test
  void mapsAgree() throws Exception {
    assertAgree("map", ids("map list"));
  }

  @Test
  void linksAgree() throws Exception {
    assertTrue(kinds.size() >= 8, kinds::toString);
    assertAgree("link", ids("link list"));
  }

  private static List<Object> ids(String line) throws IOException {
    List<Object> ids = new ArrayList<>();
    Here.objects(line).forEach(object -> ids.add(object.getOrDefault("id", 0L)));
    return ids;
  }

  /** Of what others close meanwhile nothing is told, of what they change both sides in the end. */
  private static void assertAgree(String kind, Collection<Object> ids) throws Exception {
    int compared = 0;
    for (Object id : ids) {
      String line = kind + " show id " + id;
      for (int i = 1; ; i++) {
        Commands.Result shown = Commands.result(("bpftool -j " + line).split(" ", -1));
        Here.Result own = Here.run(line + " --json");
        if (shown.status() != 0 || own.status() != 0) {
          break;
        }
        Map<String, Object> theirs = inWords(kind, Json.object(shown.output()));
        Map<String, Object> ours = Json.object(own.out());
        Map<String, Object> common = new HashMap<>(ours);
        common.keySet().retainAll(theirs.keySet());
        if (i == TRIES || common.equals(theirs)) {
          assertEquals(theirs, common, line);
          compared++;
          break;
        }
      }
    }
    assertTrue(compared > ids.size() / 2, compared + " of " + ids.size());
  }

  /** A bpftool that is older than the kernel has numbers for some types, and no holders. */
  private static Map<String, Object> inWords(String kind, Map<String, Object> theirs) {
    Map<String, Object> inWords = new HashMap<>(theirs);
    inWords.remove("pids");
    if (theirs.get("type") instanceof Long number) {
      int type = number.intValue();
      inWords.put(
          "type",
          word(
              switch (kind) {
                case "prog" -> BpfProgramType.of(type);
                case "map" -> BpfMapType.of(type);
                default -> BpfLinkType.of(type);
              }));
    }
    if (theirs.get("attach_type") instanceof Long number) {
      inWords.put("attach_type", word(BpfAttachType.of(number.intValue())));
    }
    return inWords;
  }

  private static String word(Enum<?> type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
