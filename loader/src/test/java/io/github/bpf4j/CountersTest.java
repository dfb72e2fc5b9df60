package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.map.Counters;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.Allocation;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All counters of a per-CPU array at once, against what was counted and what bpftool reads. */
@KernelTest
final class CountersTest {
  private static final int SIZE = 256;

  private final long[] sums = new long[SIZE];
  private BpfObject object;
  private BpfMap map;

  @BeforeEach
  void load() {
    object = TestObjects.load("xdp1_kern");
    map = object.map("rxcnt");
  }

  @AfterEach
  void close() {
    object.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void countsOfARunProgramAreExact(boolean batch) {
    BpfProgram program = object.program("xdp_prog1");
    long[] expected = new long[SIZE];
    for (int protocol = 0; protocol < SIZE; protocol++) {
      for (int i = 0; i <= protocol % 5; i++) {
        program.run(RunInput.packet(Frames.ipv4(protocol)));
        program.run(RunInput.packet(Frames.tagged(Frames.ipv6(protocol))));
        expected[protocol] += 2;
      }
    }
    program.run(RunInput.packet(Frames.arp()).repeat(11));
    program.run(RunInput.packet(Frames.ipv4(17)).repeat(100_000));
    expected[0] += 11;
    expected[17] += 100_000;
    Counters counters = counters(batch);
    assertEquals(SIZE, counters.size());
    counters.read(sums);
    assertArrayEquals(expected, sums);
    assertArrayEquals(expected, sumsByBpftool());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachPossibleCpuIsAddedUp(boolean batch) {
    long[] expected = new long[SIZE];
    for (int key = 0; key < SIZE; key++) {
      expected[key] = fill(map, key, 1L << (key % 64));
    }
    counters(batch).read(sums);
    assertArrayEquals(expected, sums);
    assertArrayEquals(expected, sumsByBpftool());
  }

  @Test
  void eachReadingIsAFreshOne() {
    Counters counters = map.counters();
    RunInput three = RunInput.packet(Frames.ipv4(17)).repeat(3);
    for (int i = 0; i < 5; i++) {
      counters.read(sums);
      assertEquals(3L * i, sums[17]);
      object.program("xdp_prog1").run(three);
    }
  }

  @Test
  void aLongerArrayKeepsItsTailAndAShorterOneIsRefused() {
    Counters counters = map.counters();
    long[] longer = new long[SIZE + 1];
    Arrays.fill(longer, 99);
    counters.read(longer);
    assertEquals(0, longer[SIZE - 1]);
    assertEquals(99, longer[SIZE]);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> counters.read(new long[SIZE - 1]));
    assertEquals("map rxcnt has 256 counters, the array 255", refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "hash_of_numbers, 'it is a HASH, not an ARRAY or a PERCPU_ARRAY'",
    "percpu_hash, 'it is a PERCPU_HASH, not an ARRAY or a PERCPU_ARRAY'",
    "percpu_array, 'a counter has 1, 2, 4 or 8 bytes, and these 12 at offset 0 are none in a value"
        + " of 12'",
  })
  void mapsOfAnotherKindAreRefusedByWhatTheyAre(String name, String reason) {
    try (BpfObject others = TestObjects.load("maps")) {
      BpfMap other = others.map(name);
      BpfException refused = assertThrows(BpfException.class, other::counters);
      assertEquals("cannot read counters from map " + name + ": " + reason, refused.sentence());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "array, 0, 8",
    "array_of_bytes, 0, 1",
    "percpu_array_of_ints, 0, 4",
    "percpu_array, 0, 4",
    "percpu_array, 4, 4",
    "percpu_array, 8, 2",
    "percpu_array, 10, 2",
  })
  void countersOfAllSizesAndPlacesAreThoseThatAProgramCounts(String name, int offset, int bytes) {
    try (BpfObject others = TestObjects.load("maps")) {
      BpfMap other = others.map(name);
      others.program("use_maps").run(RunInput.packet(Frames.ipv4(17)).repeat(200));
      Counters counters = new Counters(other, offset, bytes);
      assertEquals(bytes * 8, counters.bits());
      long[] found = new long[counters.size()];
      counters.read(found);
      // Frames, bytes of 64 each, the shortest and the longest.
      long expected = offset == 0 ? 200 : offset == 4 ? 200 * 64 : 64;
      assertArrayEquals(new long[] {expected, 0, 0, 0, 0}, found);
      for (int outside : new int[] {-1, other.valueSize() - bytes + 1}) {
        assertThrows(BpfException.class, () -> new Counters(other, outside, bytes));
      }
      assertThrows(BpfException.class, () -> new Counters(other, 0, 3));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readingAllocatesNothing(boolean batch) {
    Counters counters = counters(batch);
    boolean oneCall = batch && KernelFeature.PERCPU_ARRAY_BATCH.isThere();
    int reads = oneCall ? 10_000 : 100;
    assertEquals(0, Allocation.bytesPerCall(reads, () -> counters.read(sums)));
  }

  @Test
  void readingAfterCloseIsAnException() {
    Counters counters = map.counters();
    counters.read(sums);
    object.close();
    for (int i = 0; i < 3; i++) {
      assertThrows(IllegalStateException.class, () -> counters.read(sums));
    }
  }

  /** Without batches: as on a kernel of before 5.13, which had none for per-CPU arrays. */
  private Counters counters(boolean batch) {
    return new Counters(batch ? map : new WithoutBatches(map));
  }

  private long[] sumsByBpftool() {
    Map<String, List<String>> dump = MapDump.of(map.info().id());
    long[] found = new long[SIZE];
    Arrays.setAll(found, key -> MapDump.sum(dump, key));
    return found;
  }

  /** Gives each CPU another value of a key: n, n + 1, … The sum of them. */
  private static long fill(BpfMap map, int key, long n) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(map.valueBytes(), Long.BYTES);
      long sum = 0;
      for (int cpu = 0; cpu < MapEntries.CPUS; cpu++) {
        value.setAtIndex(ValueLayout.JAVA_LONG, cpu, n + cpu);
        sum += n + cpu;
      }
      map.update(MapEntries.key(arena, map, key), value, Update.ANY);
      return sum;
    }
  }
}
