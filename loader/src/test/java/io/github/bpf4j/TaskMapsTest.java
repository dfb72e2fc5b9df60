package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.map.CgroupArray;
import io.github.bpf4j.map.Descriptor;
import io.github.bpf4j.map.LocalStorage;
import io.github.bpf4j.map.PerfEventArray;
import io.github.bpf4j.map.StackTraces;
import io.github.bpf4j.map.StackTraces.Frame;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.PerfEvent;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestCgroup;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapFlag;
import io.github.bpf4j.uapi.BpfMapType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Maps of what tracing programs meet: the programs run on this very thread. */
@KernelTest
final class TaskMapsTest {

  private static final long CURRENT_CPU = 0xffff_ffffL;

  private BpfObject object;

  @BeforeEach
  void load() {
    boolean tasks = KernelFeature.TASK_STORAGE.isThere();
    boolean cgroups = KernelFeature.CGRP_STORAGE.isThere();
    OpenBpfObject open = TestObjects.open("task_maps");
    open.map("of_task").autocreate(tasks);
    open.program("count_for_task").autoload(tasks);
    open.map("of_cgroup").autocreate(cgroups);
    open.program("count_for_cgroup").autoload(cgroups);
    object = open.load();
  }

  @AfterEach
  void close() {
    object.close();
  }

  @Test
  void aStackIsFoundUnderItsId() {
    StackTraces<long[]> stacks = object.map("stacks").stackTraces();
    int id = run("kernel_stack", 0);
    long[] frames = stacks.lookup(id).orElseThrow();
    assertTrue(frames.length > 1 && frames.length <= 20, frames.length + " frames");
    for (long frame : frames) {
      assertTrue(frame < 0, "an address of the kernel: " + Long.toHexString(frame));
    }
    String dump =
        MapDump.of(object.map("stacks").info().id()).getOrDefault(hex(id), List.of("")).getFirst();
    assertTrue(dump.startsWith(hex(frames[0])), dump);
    assertEquals(1, stacks.snapshot().size());
    assertTrue(stacks.snapshot().isComplete());
    assertTrue(stacks.delete(id));
    assertFalse(stacks.delete(id));
    assertEquals(Optional.empty(), stacks.lookup(id));
    assertThrows(BpfException.class, object.map("cgroups")::stackTraces);
  }

  @Test
  void aStackOfAProcessIsFoundAsPlacesInFiles() {
    StackTraces<List<Frame>> stacks = object.map("stacks_of_files").stackFrames();
    int id = run("user_stack", 0);
    List<Frame> frames = stacks.lookup(id).orElseThrow();
    assertFalse(frames.isEmpty());
    // The innermost frame is in the C library, which has a build id.
    assertTrue(
        frames.stream().anyMatch(frame -> frame.buildId().matches("[0-9a-f]{40}")),
        frames.toString());
    assertTrue(stacks.delete(id));
    MapSpec plain = MapSpec.of(BpfMapType.STACK_TRACE, 4, 40, 1);
    try (OwnedBpfMap map = BpfMap.create(plain)) {
      assertThrows(BpfException.class, map::stackFrames);
    }
  }

  @Test
  @Requires(KernelFeature.TASK_STORAGE)
  void aTaskHasAStorage() throws IOException {
    LocalStorage<ProcessHandle, Long> storage = object.map("of_task").taskStorage(Codec.u64());
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      ProcessHandle sleep = other.toHandle();
      assertEquals(Optional.empty(), storage.lookup(sleep));
      assertFalse(storage.update(sleep, 1L, Update.EXIST));
      assertTrue(storage.update(sleep, 7L, Update.NO_EXIST));
      assertFalse(storage.update(sleep, 8L, Update.NO_EXIST));
      assertEquals(Optional.of(7L), storage.lookup(sleep));
      assertTrue(storage.delete(sleep));
      assertFalse(storage.delete(sleep));
    } finally {
      other.destroyForcibly();
    }
    // A program counts for the thread that runs it, which is not the main one.
    assertEquals(1, run("count_for_task", 0));
    assertEquals(2, run("count_for_task", 0));
    assertEquals(Optional.empty(), storage.lookup(ProcessHandle.current()));
    assertThrows(BpfException.class, () -> object.map("of_task").cgroupStorage(Codec.u64()));
  }

  @Test
  @Requires(KernelFeature.CGRP_STORAGE)
  void aCgroupHasAStorage() {
    LocalStorage<Path, Long> storage = object.map("of_cgroup").cgroupStorage(Codec.u64());
    Path own = TestCgroup.own();
    assertEquals(Optional.empty(), storage.lookup(own));
    assertEquals(1, run("count_for_cgroup", 0));
    assertEquals(Optional.of(1L), storage.lookup(own));
    storage.update(own, 41L);
    assertEquals(42, run("count_for_cgroup", 0));
    assertTrue(storage.delete(own));
    assertFalse(storage.delete(own));
    assertEquals(1, run("count_for_cgroup", 0));
    BpfException noCgroup =
        assertThrows(BpfException.class, () -> storage.lookup(Path.of("/proc")));
    assertEquals(Errno.EBADF, noCgroup.errno().orElseThrow());
    BpfException nothing =
        assertThrows(BpfException.class, () -> storage.lookup(Path.of("/nothing")));
    assertEquals("cannot open /nothing: No such file or directory (ENOENT, 2)", nothing.sentence());
  }

  @Test
  void aFileHasAStorage() throws IOException {
    MapSpec spec = MapSpec.of(BpfMapType.INODE_STORAGE, 4, 8, 0).flags(BpfMapFlag.NO_PREALLOC);
    Path file = Files.createTempFile("inode", null);
    Path link = file.resolveSibling(file.getFileName() + "_link");
    try (OwnedBpfMap map = BpfMap.create(spec)) {
      LocalStorage<Path, Long> storage = map.inodeStorage(Codec.u64());
      Files.createLink(link, file);
      assertEquals(Optional.empty(), storage.lookup(file));
      assertTrue(storage.update(file, 5L, Update.NO_EXIST));
      assertFalse(storage.update(file, 6L, Update.NO_EXIST));
      assertEquals(Optional.of(5L), storage.lookup(link), "another name of the same file");
      assertTrue(storage.delete(link));
      assertFalse(storage.delete(file));
      assertFalse(storage.update(file, 6L, Update.EXIST));
    } finally {
      Files.delete(file);
      Files.deleteIfExists(link);
    }
  }

  @Test
  void aTaskIsTestedAgainstTheCgroupOfASlot() {
    CgroupArray cgroups = object.map("cgroups").cgroupArray();
    try (TestCgroup other = new TestCgroup()) {
      assertEquals(4, cgroups.size());
      cgroups.set(0, TestCgroup.root());
      cgroups.set(1, other.folder());
      assertEquals(1, run("under_cgroup", 0));
      assertEquals(0, run("under_cgroup", 1));
      assertTrue(run("under_cgroup", 2) < 0, "nothing is in it");
      assertTrue(cgroups.clear(0));
      assertFalse(cgroups.clear(0));
      assertTrue(run("under_cgroup", 0) < 0);
      BpfException noCgroup =
          assertThrows(BpfException.class, () -> cgroups.set(0, Path.of("/proc")));
      assertTrue(noCgroup.sentence().contains("no folder of a cgroup"), noCgroup.sentence());
      assertThrows(IndexOutOfBoundsException.class, () -> cgroups.set(4, other.folder()));
      cgroups.clear(1);
    }
  }

  @Test
  void aProgramWritesToThePerfEventOfItsCpu() {
    PerfEventArray events = object.map("events").perfEventArray();
    List<PerfEvent> opened = IntStream.range(0, MapEntries.CPUS).mapToObj(PerfEvent::new).toList();
    try {
      assertEquals(-Errno.ENOENT, run("to_event", CURRENT_CPU));
      for (int cpu = 0; cpu < opened.size(); cpu++) {
        events.set(cpu, Descriptor.of(opened.get(cpu).fd()));
      }
      // The event is found; it has no room, as nobody has mapped its ring.
      assertEquals(-Errno.ENOSPC, run("to_event", CURRENT_CPU));
      for (int cpu = 0; cpu < opened.size(); cpu++) {
        assertTrue(events.clear(cpu));
        assertFalse(events.clear(cpu));
      }
      assertEquals(-Errno.ENOENT, run("to_event", CURRENT_CPU));
    } finally {
      opened.forEach(PerfEvent::close);
    }
  }

  @Test
  void whatIsNoPerfEventIsRefused() {
    PerfEventArray events = object.map("events").perfEventArray();
    assertEquals(4, events.size());
    assertFalse(events.clear(0));
    for (Descriptor wrong : List.of(object.map("stacks"), Descriptor.of(-1))) {
      BpfException refused = assertThrows(BpfException.class, () -> events.set(0, wrong));
      assertTrue(refused.sentence().contains("that is no perf event"), refused.sentence());
    }
    assertThrows(IndexOutOfBoundsException.class, () -> events.clear(4));
  }

  private int run(String program, long argument) {
    byte[] context =
        ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(argument).array();
    return object.program(program).run(RunInput.context(context)).verdict();
  }

  private static String hex(int number) {
    return MapDump.hex(number);
  }

  private static String hex(long number) {
    return HexFormat.of()
        .formatHex(ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(number).array());
  }
}
