package io.github.bpf4j.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfObject;
import io.github.bpf4j.BpfProgram;
import io.github.bpf4j.RunInput;
import io.github.bpf4j.error.BpfPermissionException;
import io.github.bpf4j.testing.ChildJvm;
import io.github.bpf4j.testing.ChildJvm.Result;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.BtfInfo;
import io.github.bpf4j.uapi.MapInfo;
import io.github.bpf4j.uapi.ProgramInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel says of what this test loads, among what others load at the same time. */
@KernelTest
final class BpfSystemTest {
  private static final int NO_SUCH_ID = Integer.MAX_VALUE;

  @Test
  void aLoadedProgramIsListedWithAllThatTheKernelSays() {
    Instant before = Instant.now().minusMillis(1);
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      BpfProgram program = object.program("xdp_prog1");
      ProgramInfo info = program.info();
      assertTrue(BpfSystem.programs().contains(info));
      assertEquals(Optional.of(info), BpfSystem.program(info.id()));
      assertEquals(BpfProgramType.XDP, info.type());
      assertEquals("xdp_prog1", info.name());
      assertTrue(info.tag().matches("[0-9a-f]{16}"), info.tag());
      Instant loaded = BpfSystem.bootTime().plus(info.loadedAfterBoot());
      assertFalse(loaded.isBefore(before), loaded + " before " + before);
      assertFalse(loaded.isAfter(Instant.now().plusMillis(1)), loaded.toString());
      assertTrue(info.gplCompatible());
      assertEquals(0, info.uid());
      assertTrue(info.translatedBytes() > 0 && info.translatedBytes() % 8 == 0);
      assertEquals(KernelFeature.VERIFIED_INSTRUCTIONS.isThere(), info.verifiedInstructions() > 0);
      assertTrue(info.memoryBytes().orElseThrow() >= 4096);
      assertEquals(List.of(object.map("rxcnt").info().id()), info.mapIds());
      assertTrue(info.btfId() > 0);
      assertEquals(0, info.ifindex());
    }
  }

  @Test
  void aMapIsListedWithItsTypes() {
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      MapInfo info = object.map("rxcnt").info();
      assertTrue(BpfSystem.maps().contains(info));
      assertEquals(Optional.of(info), BpfSystem.map(info.id()));
      assertEquals(BpfMapType.PERCPU_ARRAY, info.type());
      assertEquals("rxcnt", info.name());
      assertFalse(info.frozen());
      assertTrue(info.memoryBytes().orElseThrow() > 0);
      assertTrue(info.btfKeyTypeId() > 0 && info.btfValueTypeId() > 0);
      assertEquals(BpfProgramType.UNSPEC, info.ownerType());
      assertEquals(object.program("xdp_prog1").info().btfId(), info.btfId());
    }
  }

  @Test
  void readOnlyDataIsFrozen() {
    try (BpfObject object = TestObjects.load("globals")) {
      List<MapInfo> maps = object.maps().stream().map(map -> map.info()).toList();
      assertTrue(maps.stream().anyMatch(map -> map.name().endsWith(".rodata") && map.frozen()));
      assertTrue(maps.stream().anyMatch(map -> map.name().endsWith(".data") && !map.frozen()));
    }
  }

  @Test
  @Requires(KernelFeature.KERNEL_BTF_OBJECTS)
  void theKernelsOwnTypesAreTheFirstBtfObject() {
    BtfInfo kernel = BpfSystem.btfObjects().getFirst();
    assertEquals("vmlinux", kernel.name());
    assertTrue(kernel.kernel());
    assertTrue(kernel.size() > 100_000);
    assertEquals(Optional.of(kernel), BpfSystem.btfObject(kernel.id()));
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      int id = object.map("rxcnt").info().btfId();
      BtfInfo own = BpfSystem.btfObject(id).orElseThrow();
      assertFalse(own.kernel());
      assertTrue(BpfSystem.btfObjects().contains(own));
    }
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertEquals(Optional.empty(), BpfSystem.program(NO_SUCH_ID));
    assertEquals(Optional.empty(), BpfSystem.map(NO_SUCH_ID));
    assertEquals(Optional.empty(), BpfSystem.btfObject(NO_SUCH_ID));
    int id;
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      id = object.program("xdp_prog1").info().id();
    }
    assertEquals(Optional.empty(), BpfSystem.program(id));
  }

  @Test
  void listsSurviveWhatVanishesMeanwhile() throws InterruptedException, ExecutionException {
    AtomicBoolean done = new AtomicBoolean();
    FutureTask<Integer> churn =
        new FutureTask<>(
            () -> {
              int loads = 0;
              while (!done.get()) {
                TestObjects.load("xdp1_kern").close();
                loads++;
              }
              return loads;
            });
    Thread.ofPlatform().start(churn);
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      ProgramInfo mine = object.program("xdp_prog1").info();
      for (int i = 0; i < 200; i++) {
        List<ProgramInfo> programs = BpfSystem.programs();
        assertTrue(programs.contains(mine));
        assertEquals(
            programs.stream().sorted(Comparator.comparingInt(ProgramInfo::id)).toList(), programs);
        assertFalse(BpfSystem.maps().isEmpty());
        assertFalse(BpfSystem.btfObjects().isEmpty());
      }
    } finally {
      done.set(true);
    }
    assertTrue(churn.get() > 0);
  }

  @Test
  void runsAreCountedWhileSomebodyWantsThem() {
    RunInput udp = RunInput.packet(Frames.ipv4(17)).repeat(1000);
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      BpfProgram program = object.program("xdp_prog1");
      try (RunStatistics _ = BpfSystem.enableRunStatistics()) {
        RunStatistics second = BpfSystem.enableRunStatistics();
        second.close();
        second.close();
        program.run(udp);
        ProgramInfo info = program.info();
        assertEquals(1000, info.runCount());
        assertTrue(info.runTime().compareTo(Duration.ZERO) > 0);
        assertEquals(0, info.recursionMisses());
      }
    }
  }

  @Test
  void whoHasItOpenIsFoundAndWhoClosedItIsNot() {
    int id;
    long self = ProcessHandle.current().pid();
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      id = object.map("rxcnt").info().id();
      int program = object.program("xdp_prog1").info().id();
      Holders holders = Holders.find();
      assertEquals(List.of(self), pids(holders.of(ObjectKind.MAP, id)));
      assertEquals(List.of(self), pids(holders.of(ObjectKind.PROGRAM, program)));
      assertEquals("java", holders.of(ObjectKind.MAP, id).getFirst().command());
    }
    assertEquals(List.of(), Holders.find().of(ObjectKind.MAP, id));
  }

  private static List<Long> pids(List<Holder> holders) {
    return holders.stream().map(Holder::pid).toList();
  }

  /** Tries one thing, in a process that lacks CAP_SYS_ADMIN. */
  static final class Child {
    public static void main(String[] args) {
      Runnable attempt =
          switch (args[0]) {
            case "programs" -> BpfSystem::programs;
            case "maps" -> BpfSystem::maps;
            case "btf" -> BpfSystem::btfObjects;
            case "program" -> () -> BpfSystem.program(1);
            case "statistics" -> () -> BpfSystem.enableRunStatistics().close();
            default -> throw new IllegalArgumentException(args[0]);
          };
      try {
        attempt.run();
        System.out.print("succeeded");
      } catch (BpfPermissionException e) {
        System.out.print(e.sentence());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"programs", "maps", "btf", "program", "statistics"})
  void theMissingCapabilityIsNamed(String what) {
    Result child = ChildJvm.without("sys_admin", Child.class, what);
    assertTrue(child.output().startsWith("cannot "), child.output() + child.errors());
    assertTrue(child.output().contains("lacks CAP_SYS_ADMIN"), child.output());
  }
}
