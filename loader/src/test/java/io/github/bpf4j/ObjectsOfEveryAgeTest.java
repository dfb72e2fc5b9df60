package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.OpenOptions.Legacy;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.map.Counters;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All forms of xdp1 and of old maps load through the installed libbpf, and count. */
@KernelTest
final class ObjectsOfEveryAgeTest {
  private static final int UDP = 17;
  private static final int XDP_PASS = 2;
  private static final int NO_PREALLOC = 1;
  private static final int ON_NUMA_NODE = 4;

  @ParameterizedTest
  @ValueSource(
      strings = {"legacy_xdp1", "legacy_xdp1_nobtf", "section_xdp1", "section_frags", "xdp1_kern"})
  void everyFormOfXdp1Counts(String form) {
    try (BpfObject object = TestObjects.load(form)) {
      BpfProgram program = object.program("xdp_prog1");
      assertEquals(BpfProgramType.XDP, program.type());
      RunResult result = program.run(RunInput.packet(udp()).repeat(12_345));
      assertEquals(XDP_PASS, result.verdict());
      Counters counters = object.map("rxcnt").counters();
      long[] sums = new long[counters.size()];
      counters.read(sums);
      assertEquals(12_345, sums[UDP]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy_zoo", "legacy_zoo_nobtf"})
  void everySectionAndSubprogramReachesItsMaps(String zoo) {
    try (BpfObject object = TestObjects.load(zoo)) {
      object.program("count").run(RunInput.packet(udp()).repeat(5));
      object.program("drop").run(RunInput.packet(udp()).repeat(3));
      assertEquals(5, value(object.map("numbers"), 0));
      assertEquals(3, value(object.map("numbers"), 1));
      assertEquals(5, value(object.map("hidden"), 7), "a static map, from .text");
      assertEquals(BpfMapType.ARRAY_OF_MAPS, object.map("outer").type());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy_zoo", "legacy_zoo_nobtf"})
  void flagsAndInnerMapsReachTheKernel(String zoo) {
    try (BpfObject object = TestObjects.load(zoo)) {
      assertEquals(NO_PREALLOC, object.map("hidden").info().flags());
      assertEquals(ON_NUMA_NODE, object.map("on_node").info().flags());
      assertTrue(takes(object.map("outer"), object.map("numbers")), "a map as the inner one");
      assertFalse(takes(object.map("outer"), object.map("on_node")), "another map");
    }
  }

  /** Asks the kernel whether a map may be a value of another one. */
  private static boolean takes(BpfMap outer, BpfMap inner) {
    String command =
        "bpftool map update id %d key 0 0 0 0 value id %d"
            .formatted(outer.info().id(), inner.info().id());
    return Commands.succeeds(command.split(" ", -1));
  }

  @Test
  void typesOfKeysAndValuesThatAMacroSaidAreKept() {
    try (BpfObject object = TestObjects.load("legacy_annotated")) {
      RunResult result = object.program("count").run(RunInput.packet(udp()).repeat(7));
      assertEquals(XDP_PASS, result.verdict(), "a lock needs the type of its value");
      assertEquals(7L << Integer.SIZE, value(object.map("guarded_counts"), 1), "lock 0, count 7");
      assertEquals(BpfMapType.SK_STORAGE, object.map("of_sockets").type());
      assertEquals(Integer.BYTES, object.map("mistaken").valueSize(), "the map's size counts");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy_xdp1", "section_xdp1"})
  void theUpgradeCanBeTurnedOff(String form) {
    OpenOptions asItIs = OpenOptions.defaults().legacy(Legacy.REFUSE);
    BpfException refused =
        assertThrows(
            BpfException.class,
            () -> BpfObject.open(TestObjects.file(form), asItIs).load().close());
    assertTrue(refused.sentence().contains("libbpf: "), refused.sentence());
  }

  @Test
  void aPinOfIproute2IsKeptAndFoundAgain() throws IOException {
    Path folder = Path.of("/sys/fs/bpf/tc/globals");
    Path pin = folder.resolve("bpf4j_test_pinned");
    boolean here = Files.exists(folder);
    Files.deleteIfExists(pin);
    try {
      int id;
      try (BpfObject object = TestObjects.load("legacy_iproute2")) {
        id = object.map("bpf4j_test_pinned").info().id();
        assertEquals(BpfProgramType.SCHED_CLS, object.program("classify").type());
      }
      assertTrue(
          Commands.run("bpftool", "map", "show", "pinned", pin.toString()).contains(id + ":"));
      try (BpfObject object = TestObjects.load("legacy_iproute2")) {
        assertEquals(id, object.map("bpf4j_test_pinned").info().id(), "the pinned map is used");
      }
    } finally {
      Files.deleteIfExists(pin);
      if (!here) {
        String above = folder.resolveSibling(".").normalize().toString();
        Commands.run("rmdir", "--ignore-fail-on-non-empty", folder.toString(), above);
      }
    }
  }

  @Test
  void sizesThatTheKernelRefusesAreMended() {
    try (BpfObject object = TestObjects.load("odd_sizes")) {
      assertEquals(8192, object.map("ring").maxEntries(), "5000 bytes, rounded up");
      int cpus = Runtime.getRuntime().availableProcessors();
      assertTrue(object.map("events").maxEntries() >= cpus);
      assertTrue(object.map("cpus").maxEntries() >= cpus);
    }
  }

  private static long value(BpfMap map, int key) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
      assertTrue(map.lookup(arena.allocateFrom(ValueLayout.JAVA_INT, key), value));
      return value.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  private static byte[] udp() {
    byte[] frame = new byte[64];
    frame[12] = 0x08;
    frame[14] = 0x45;
    frame[23] = UDP;
    return frame;
  }
}
