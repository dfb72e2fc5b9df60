package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.CgroupAttachPoint;
import io.github.bpf4j.attach.CgroupAttachPoint.Mode;
import io.github.bpf4j.attach.CgroupState;
import io.github.bpf4j.attach.Position;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestCgroup;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.Trail;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfLinkType;
import io.github.bpf4j.uapi.LinkTarget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs on a cgroup of the test's own, by what processes in it do. */
@KernelTest
final class CgroupAttachTest {
  private static final String SEND = "echo x > /dev/udp/127.0.0.1/9";
  private static final BpfAttachType EGRESS = BpfAttachType.CGROUP_INET_EGRESS;

  private TestCgroup cgroup;
  private CgroupAttachPoint point;

  @BeforeEach
  void makeCgroup() {
    cgroup = new TestCgroup();
    point = CgroupAttachPoint.of(cgroup.folder());
  }

  @AfterEach
  void removeCgroup() {
    cgroup.close();
  }

  @Test
  void seesPacketsOfItsProcessesOnly() throws Exception {
    try (BpfObject object = TestObjects.load("cgroup")) {
      Trail trail = new Trail(object);
      try (BpfLink link = object.program("egress").attach(point);
          TestCgroup other = new TestCgroup();
          TestCgroup below = cgroup.child()) {
        cgroup.run(SEND);
        assertEquals(1, trail.values(1).size());
        below.run(SEND);
        assertEquals(2, trail.values(1).size());
        other.run(SEND);
        assertEquals(2, trail.values(1).size());

        assertEquals(BpfLinkType.CGROUP, link.info().type());
        long inode = (long) Files.getAttribute(cgroup.folder(), "unix:ino");
        assertEquals(new LinkTarget.Cgroup(inode, EGRESS), link.info().target());
        AttachedProgram found = query().programs().getFirst();
        assertEquals(link.info().id(), found.linkId().orElseThrow());
        assertEquals("egress", found.info().orElseThrow().name());
        assertEquals(1, Cgroup.queryEffective(below.folder(), EGRESS).programs().size());
        assertEquals(0, Cgroup.query(below.folder(), EGRESS).programs().size());
      }
      cgroup.run(SEND);
      assertEquals(2, trail.steps().size(), "after the close");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "forbid_sockets, 5, echo x > /dev/udp/127.0.0.1/9",
    "forbid_connect, 6, echo x > /dev/udp/127.0.0.1/9",
    "forbid_devices, 7, head -c 1 /dev/zero",
    "forbid_settings, 8, cat /proc/sys/kernel/hostname",
  })
  void forbidsWhatItSees(String program, long who, String command) {
    try (BpfObject object = TestObjects.load("cgroup")) {
      Trail trail = new Trail(object);
      assertEquals(0, cgroup.result(command).status(), "before");
      try (BpfLink _ = object.program(program).attach(point)) {
        Commands.Result refused = cgroup.result(command);
        assertNotEquals(0, refused.status());
        assertTrue(refused.output().contains("Operation not permitted"), refused.output());
        assertTrue(trail.who().contains(who), trail.steps()::toString);
      }
      assertEquals(0, cgroup.result(command).status(), "after the close");
    }
  }

  @Test
  void followsTheStatesOfTcpSockets() throws Exception {
    try (BpfObject object = TestObjects.load("cgroup");
        BpfLink _ = object.program("socket_state").attach(point);
        ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      cgroup.run("exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort());
      // BPF_SOCK_OPS_TCP_CONNECT_CB, BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB
      List<Long> operations = new Trail(object).values(10);
      assertTrue(operations.containsAll(List.of(3L, 4L)), operations::toString);
    }
  }

  @Test
  void seesOptionsThatAreRead() throws Exception {
    Path before = TestCgroup.own();
    try (BpfObject object = TestObjects.load("cgroup");
        BpfLink _ = object.program("read_option").attach(point);
        ServerSocket socket = new ServerSocket()) {
      Trail trail = new Trail(object);
      String pid = Long.toString(ProcessHandle.current().pid());
      Files.writeString(cgroup.folder().resolve("cgroup.procs"), pid);
      try {
        socket.getReceiveBufferSize(); // SO_RCVBUF is 8
        assertTrue(trail.values(9).contains(8L), trail.steps()::toString);
      } finally {
        Files.writeString(before.resolve("cgroup.procs"), pid);
      }
    }
  }

  @Test
  void aDescriptorSaysWhichCgroup() throws Exception {
    try (BpfObject object = TestObjects.load("cgroup")) {
      Process holder =
          new ProcessBuilder("bash", "-c", "exec 9<" + cgroup.folder() + "; read").start();
      try (BpfLink _ = object.program("egress").attach(point)) {
        // What the JVM cannot open itself, a descriptor of another process stands for.
        CgroupAttachPoint byPath = CgroupAttachPoint.of(Path.of("/proc/" + holder.pid() + "/fd/9"));
        awaitFd(holder);
        try (BpfLink _ = object.program("egress_too").attach(byPath)) {
          cgroup.run(SEND);
          assertEquals(List.of(1L, 2L), new Trail(object).who());
        }
      } finally {
        holder.destroy();
        holder.waitFor();
      }
      BpfException refused =
          assertThrows(
              BpfException.class,
              () -> object.program("egress").attach(CgroupAttachPoint.ofFd(9999)));
      assertTrue(refused.sentence().contains("cgroup fd 9999"), refused::toString);
    }
  }

  private static void awaitFd(Process holder) throws InterruptedException {
    for (int i = 0; i < 1000 && Files.notExists(Path.of("/proc/" + holder.pid() + "/fd/9")); i++) {
      Thread.sleep(10);
    }
  }

  @Test
  void programsShareACgroupByLinkAndWithout() {
    try (BpfObject object = TestObjects.load("cgroup");
        BpfLink _ = object.program("egress").attach(point);
        BpfLink without = object.program("egress_too").attach(point.withoutLink())) {
      cgroup.run(SEND);
      assertEquals(List.of(1L, 2L), new Trail(object).who());
      assertTrue(without.isAttached());
      assertTrue(without.detach());
      assertFalse(without.isAttached());
      assertEquals(1, query().programs().size());
    }
    assertEquals(List.of(), query().programs());
  }

  @Test
  @Requires(KernelFeature.CGROUP_ORDER)
  void programsTakeTheirPlaceAmongOthers() {
    try (BpfObject object = TestObjects.load("cgroup");
        BpfLink second = object.program("egress_too").attach(point);
        BpfLink _ =
            object.program("egress").attach(point.at(Position.beforeLink(second.info().id())));
        BpfLink _ = object.program("egress_last").attach(point.at(Position.last()))) {
      cgroup.run(SEND);
      assertEquals(List.of(1L, 2L, 3L), new Trail(object).who());
      long revision = query().revision();
      assertTrue(revision > 0);
      String refused = refusal(object.program("egress"), point.expecting(revision - 1));
      assertTrue(refused.contains("its revision is " + revision), refused);
    }
  }

  @Test
  void anExclusiveProgramToleratesNobodyHereNorBelow() {
    try (BpfObject object = TestObjects.load("cgroup");
        TestCgroup below = cgroup.child();
        BpfLink link = object.program("egress").attach(point.exclusive())) {
      int own = object.program("egress").info().id();
      for (CgroupAttachPoint taken :
          List.of(
              point,
              point.withoutLink(),
              point.exclusive(),
              point.overridable(),
              CgroupAttachPoint.of(below.folder()),
              CgroupAttachPoint.of(below.folder()).withoutLink())) {
        String refused = refusal(object.program("egress_too"), taken);
        assertTrue(refused.contains("program " + own + " egress (tag "), refused);
        assertTrue(refused.contains("exclusive, by the cgroup"), refused);
      }
      assertTrue(link.isAttached());
      cgroup.run(SEND);
      assertEquals(List.of(1L), new Trail(object).who());
    }
  }

  @Test
  void anOverridableProgramGivesWayBelow() {
    try (BpfObject object = TestObjects.load("cgroup");
        TestCgroup below = cgroup.child();
        BpfLink link = object.program("egress").attach(point.overridable());
        BpfLink _ =
            object
                .program("egress_too")
                .attach(CgroupAttachPoint.of(below.folder()).overridable())) {
      below.run(SEND);
      assertEquals(List.of(2L), new Trail(object).who());
      String refused = refusal(object.program("egress_last"), point.overridable());
      assertTrue(refused.contains("overridable, by the cgroup"), refused);
      assertTrue(link.isAttached());
    }
  }

  @Test
  void replacesOneProgramAndNoOther() {
    try (BpfObject object = TestObjects.load("cgroup")) {
      for (CgroupAttachPoint mode : List.of(point.withoutLink(), point.exclusive())) {
        try (BpfLink old = object.program("egress").attach(mode)) {
          int first = object.program("egress").info().id();
          int third = object.program("egress_last").info().id();
          String refused = refusal(object.program("egress_too"), mode.replacing(third));
          assertTrue(refused.contains("program " + third + ", which it was to"), refused);
          assertTrue(refused.contains("program " + first + " egress"), refused);
          try (BpfLink link = object.program("egress_too").attach(mode.replacing(first))) {
            assertFalse(old.isAttached());
            assertFalse(old.detach(), "another's is left alone");
            assertTrue(link.isAttached());
          }
        }
        assertEquals(List.of(), query().programs());
      }
    }
  }

  @Test
  void updatesAtomically() {
    try (BpfObject object = TestObjects.load("cgroup")) {
      for (CgroupAttachPoint mode : List.of(point, point.withoutLink(), point.exclusive())) {
        Trail trail = new Trail(object);
        trail.clear();
        try (BpfLink link = object.program("egress").attach(mode)) {
          link.update(object.program("egress_too"));
          cgroup.run(SEND);
          assertEquals(List.of(2L), trail.who());
          assertTrue(link.isAttached());
        }
        assertEquals(List.of(), query().programs());
      }
    }
  }

  @Test
  void leftAttachedItStaysAndIsFoundAgain() {
    try (BpfObject object = TestObjects.load("cgroup");
        BpfLink link = object.program("egress").attach(point.withoutLink())) {
      link.leaveAttached();
    }
    AttachedProgram left = query().programs().getFirst();
    assertTrue(left.loadedBy().isPresent(), "the mark outlives the object");
    assertTrue(Cgroup.detach(cgroup.folder(), EGRESS, left));
    assertFalse(Cgroup.detach(cgroup.folder(), EGRESS, left));
  }

  @Test
  void aVanishedCgroupIsNoError() throws Exception {
    TestCgroup gone = cgroup.child();
    try (BpfObject object = TestObjects.load("cgroup")) {
      BpfLink link = object.program("egress").attach(CgroupAttachPoint.of(gone.folder()));
      BpfLink without =
          object.program("egress_too").attach(CgroupAttachPoint.of(gone.folder()).withoutLink());
      gone.close();
      // The kernel empties a removed cgroup when it gets round to it.
      for (int i = 0; i < 1000 && (link.isAttached() || without.isAttached()); i++) {
        Thread.sleep(10);
      }
      assertFalse(without.isAttached());
      assertFalse(without.detach());
      assertFalse(link.isAttached());
      assertFalse(link.detach());
    }
  }

  @Test
  void whatIsNoCgroupIsRefused() {
    try (BpfObject object = TestObjects.load("cgroup")) {
      BpfProgram program = object.program("egress");
      String refused = refusal(program, CgroupAttachPoint.of(Path.of("/tmp")));
      assertTrue(refused.contains("cgroup /tmp"), refused);
      refused = refusal(program, CgroupAttachPoint.of(Path.of("/nowhere")));
      assertTrue(refused.contains("/nowhere"), refused);
    }
  }

  @Test
  void whatIsOnAllHooksIsToldWithWhomItTolerates() {
    try (BpfObject object = TestObjects.load("cgroup");
        TestCgroup below = cgroup.child()) {
      assertEquals(Map.of(), Cgroup.query(cgroup.folder()));
      assertEquals(Optional.empty(), query().mode());
      try (BpfLink egress = object.program("egress").attach(point);
          BpfLink _ = object.program("egress_too").attach(point.withoutLink());
          BpfLink _ = object.program("forbid_connect").attach(point.exclusive());
          BpfLink _ = object.program("forbid_settings").attach(point.overridable())) {
        Map<BpfAttachType, CgroupState> all = Cgroup.query(cgroup.folder());
        assertEquals(
            Map.of(
                EGRESS,
                Optional.of(Mode.MULTI),
                BpfAttachType.CGROUP_INET4_CONNECT,
                Optional.of(Mode.EXCLUSIVE),
                BpfAttachType.CGROUP_SYSCTL,
                Optional.of(Mode.OVERRIDABLE)),
            all.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, hook -> hook.getValue().mode())));
        assertEquals(query(), all.get(EGRESS));
        assertEquals(List.of("egress", "egress_too"), names(query()));
        assertEquals(
            OptionalInt.of(egress.info().id()),
            query().programs().getFirst().linkId(),
            "by its link");
        assertEquals(OptionalInt.empty(), query().programs().getLast().linkId());
        assertEquals(Map.of(), Cgroup.query(below.folder()), "nothing of its own");
        assertEquals(
            List.of("forbid_settings"),
            names(Cgroup.queryEffective(below.folder(), BpfAttachType.CGROUP_SYSCTL)));
      }
    }
  }

  private static List<String> names(CgroupState state) {
    return state.programs().stream().map(program -> program.info().orElseThrow().name()).toList();
  }

  @Test
  void whatIsNoCgroupHasNoHooks() {
    assertThrows(BpfException.class, () -> Cgroup.query(Path.of("/tmp")));
    assertThrows(BpfException.class, () -> Cgroup.query(Path.of("/nowhere")));
  }

  private CgroupState query() {
    return Cgroup.query(cgroup.folder(), EGRESS);
  }

  private static String refusal(BpfProgram program, CgroupAttachPoint point) {
    return assertThrows(BpfException.class, () -> program.attach(point)).sentence();
  }
}
