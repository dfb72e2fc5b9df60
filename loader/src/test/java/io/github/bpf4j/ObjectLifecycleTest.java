package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.map.Counters;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Open, loaded, closed: what each state allows, and what the next one takes away. */
@KernelTest
final class ObjectLifecycleTest {
  @Test
  void anOpenObjectTellsWhatTheFileSays() {
    try (OpenBpfObject open = TestObjects.open("xdp1_kern")) {
      assertEquals("xdp1_kern", open.name());
      assertEquals(List.of("xdp_prog1"), open.programs().stream().map(p -> p.name()).toList());
      assertEquals(List.of("rxcnt"), open.maps().stream().map(map -> map.name()).toList());
      OpenBpfProgram program = open.program("xdp_prog1");
      assertEquals(BpfProgramType.XDP, program.type());
      assertEquals("xdp", program.section());
      assertTrue(program.autoload());
      OpenBpfMap map = open.map("rxcnt");
      assertEquals(BpfMapType.PERCPU_ARRAY, map.type());
      assertEquals(4, map.keySize());
      assertEquals(8, map.valueSize());
      assertEquals(256, map.maxEntries());
      assertFalse(map.isInternal());
    }
  }

  @Test
  void aLoadedObjectTellsWhatTheKernelSays() {
    try (BpfObject object = TestObjects.load("xdp1_kern")) {
      BpfProgram program = object.program("xdp_prog1");
      assertEquals("xdp_prog1", program.info().name());
      assertEquals(program.type(), program.info().type());
      BpfMap map = object.map("rxcnt");
      assertEquals("rxcnt", map.info().name());
      assertEquals(map.maxEntries(), map.info().maxEntries());
      assertEquals(List.of(map.info().id()), program.info().mapIds());
    }
  }

  @Test
  void whatIsSetBeforeTheLoadReachesTheKernel() {
    OpenBpfObject open = TestObjects.open("two_programs");
    open.map("first_counts").maxEntries(99);
    open.program("first").type(BpfProgramType.SCHED_CLS);
    try (BpfObject object = open.load()) {
      assertEquals(99, object.map("first_counts").info().maxEntries());
      assertEquals(99, object.map("first_counts").maxEntries());
      assertEquals(4, object.map("second_counts").maxEntries());
      assertEquals(BpfProgramType.SCHED_CLS, object.program("first").info().type());
      assertEquals(BpfProgramType.XDP, object.program("second").type());
    }
  }

  @Test
  void aProgramThatIsNotToBeLoadedIsLeftOut() {
    OpenBpfObject open = TestObjects.open("two_programs");
    open.program("first").autoload(false);
    assertFalse(open.program("first").autoload());
    try (BpfObject object = open.load()) {
      assertEquals(List.of("second"), object.programs().stream().map(p -> p.name()).toList());
      BpfException unknown = assertThrows(BpfException.class, () -> object.program("first"));
      assertTrue(unknown.sentence().endsWith("it has: second"), unknown.sentence());
    }
  }

  @Test
  void unknownNamesListThoseThatExist() {
    try (OpenBpfObject open = TestObjects.open("two_programs")) {
      lists("first, second", () -> open.program("third"));
      lists("first_counts, second_counts", () -> open.map("third"));
    }
    try (BpfObject object = TestObjects.load("two_programs")) {
      lists("first, second", () -> object.program("third"));
      lists("first_counts, second_counts", () -> object.map("third"));
    }
  }

  private static void lists(String names, Executable search) {
    BpfException unknown = assertThrows(BpfException.class, search);
    assertTrue(unknown.sentence().contains("third"), unknown.sentence());
    assertTrue(unknown.sentence().endsWith("it has: " + names), unknown.sentence());
  }

  @Test
  void loadConsumesTheOpenObject() {
    OpenBpfObject open = TestObjects.open("xdp1_kern");
    OpenBpfProgram program = open.program("xdp_prog1");
    OpenBpfMap map = open.map("rxcnt");
    try (BpfObject object = open.load()) {
      refusesAsConsumed(open, program, map);
      open.close();
      assertDoesNotThrow(() -> object.program("xdp_prog1").info(), "closing it closes no more");
    }
    refusesAsConsumed(open, program, map);
  }

  @Test
  void closeWithoutLoadForgetsTheObject() {
    OpenBpfObject open = TestObjects.open("xdp1_kern");
    OpenBpfProgram program = open.program("xdp_prog1");
    OpenBpfMap map = open.map("rxcnt");
    open.close();
    open.close();
    refusesAsConsumed(open, program, map);
  }

  private static void refusesAsConsumed(OpenBpfObject open, OpenBpfProgram p, OpenBpfMap map) {
    NetworkDevice loopback = NetworkDevice.of("lo");
    for (Executable use :
        List.<Executable>of(
            open::load,
            () -> open.offloadTo(loopback),
            p::type,
            () -> p.type(BpfProgramType.XDP),
            p::section,
            p::autoload,
            () -> p.autoload(false),
            map::type,
            map::keySize,
            map::valueSize,
            map::maxEntries,
            () -> map.maxEntries(1),
            map::isInternal)) {
      IllegalStateException late = assertThrows(IllegalStateException.class, use);
      assertEquals(
          "object xdp1_kern was loaded or closed: load() consumes the open object",
          late.getMessage());
    }
  }

  @Test
  void useAfterCloseIsAnExceptionThatNamesTheObject() {
    BpfObject object = TestObjects.load("xdp1_kern");
    BpfProgram program = object.program("xdp_prog1");
    BpfMap map = object.map("rxcnt");
    Counters counters = map.counters();
    object.close();
    object.close();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(4);
      MemorySegment value = arena.allocate(map.valueBytes());
      for (Executable use :
          List.<Executable>of(
              program::info,
              () -> program.run(RunInput.packet(Frames.arp())),
              () -> program.attach(XdpAttachPoint.on("lo")),
              map::info,
              () -> map.lookup(key, value),
              () -> map.update(key, value, Update.ANY),
              () -> map.delete(key),
              () -> map.firstKey(key),
              () -> map.nextKey(key, key),
              () -> counters.read(new long[256]))) {
        IllegalStateException late = assertThrows(IllegalStateException.class, use);
        assertEquals("object xdp1_kern is closed", late.getMessage());
      }
    }
  }

  @Test
  void namesOutliveTheObject() {
    BpfObject object = TestObjects.load("xdp1_kern");
    object.close();
    assertEquals("xdp1_kern", object.name());
    assertEquals("xdp_prog1", object.program("xdp_prog1").name());
    assertEquals(256, object.map("rxcnt").maxEntries());
  }

  @Test
  void manyCyclesLeaveNothingBehind() throws IOException {
    // Bytes after the ELF mean nothing to libbpf, but make each copy that is not freed show.
    byte[] elf = withTail(Files.readAllBytes(TestObjects.file("xdp1_kern")));
    byte[] refused = withTail(Files.readAllBytes(TestObjects.file("rejected")));
    cycles(20, elf, refused);
    long files = openFiles();
    long resident = kilobytes("RssAnon:");
    long virtual = kilobytes("VmSize:");
    cycles(200, elf, refused);
    assertEquals(files, openFiles());
    assertTrue(kilobytes("RssAnon:") - resident < 64 << 10, "memory, of 600 MiB");
    assertTrue(kilobytes("VmSize:") - virtual < 1 << 20, "address space, of 50 GiB for logs");
  }

  private static byte[] withTail(byte[] elf) {
    return Arrays.copyOf(elf, elf.length + (1 << 20));
  }

  private static void cycles(int times, byte[] elf, byte[] refused) {
    for (int i = 0; i < times; i++) {
      BpfObject.open(elf, "cycle").load().close();
      BpfObject.open(elf, "cycle").close();
      OpenBpfObject bad = BpfObject.open(refused, "refused");
      assertThrows(BpfException.class, bad::load);
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  private static long kilobytes(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
