package io.github.bpf4j;

import static io.github.bpf4j.MapRequests.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.map.PerCpuHash;
import io.github.bpf4j.map.PerCpuLongMap;
import io.github.bpf4j.map.PerCpuMap;
import io.github.bpf4j.map.Snapshot;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps with a value for each CPU, against BPF programs and bpftool. */
@KernelTest
final class PerCpuViewsTest {
  private static final int CPUS = MapEntries.CPUS;
  private static final int SIZE = 8;

  private BpfObject object;

  @BeforeEach
  void load() {
    object = TestObjects.load("map_types");
  }

  @AfterEach
  void close() {
    object.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"percpu_array", "percpu_hash", "lru_percpu_hash"})
  void aProgramWritesTheValueOfItsOwnCpu(String name) {
    PerCpuMap<Integer, Long> map = perCpu(name);
    assertEquals(CPUS, map.cpus());
    map.update(3, Collections.nCopies(CPUS, 7L));
    assertEquals(0, run(object, "put", 3, 300));
    List<Long> values = map.lookup(3).orElseThrow();
    assertEquals(CPUS, values.size());
    List<Long> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    List<Long> expected = new ArrayList<>(Collections.nCopies(CPUS, 7L));
    expected.set(CPUS - 1, 300L);
    assertEquals(expected, sorted, "one CPU ran the program");
    assertEquals(OptionalLong.of(300 + 7L * (CPUS - 1)), map.sum(3, Long::longValue));
    assertEquals(OptionalLong.of(300), map.max(3, Long::longValue));
    assertEquals(Optional.of(7L), map.reduce(3, Math::min).filter(_ -> CPUS > 1));
    assertEquals(Optional.of(values.getFirst()), map.lookup(3, 0));
    assertEquals(MapDump.sum(dump(name), 3), map.sum(3, Long::longValue).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"percpu_array", "percpu_hash", "lru_percpu_hash"})
  void theValueOfOneCpuIsWrittenAndTheOthersStay(String name) {
    PerCpuMap<Integer, Long> map = perCpu(name);
    List<Long> values = LongStream.range(10, 10 + CPUS).boxed().toList();
    map.update(2, values);
    for (int cpu = 0; cpu < CPUS; cpu++) {
      assertTrue(map.update(2, cpu, 99L - cpu));
      List<Long> expected = new ArrayList<>(values);
      for (int done = 0; done <= cpu; done++) {
        expected.set(done, 99L - done);
      }
      assertEquals(Optional.of(expected), map.lookup(2));
    }
    map.updateEach(2, 0L);
    assertEquals(OptionalLong.of(0), map.sum(2, Long::longValue));
    assertThrows(IndexOutOfBoundsException.class, () -> map.lookup(2, CPUS));
    assertThrows(IndexOutOfBoundsException.class, () -> map.update(2, -1, 1L));
    IllegalArgumentException fewer =
        assertThrows(IllegalArgumentException.class, () -> map.update(2, List.of()));
    assertEquals("there are " + CPUS + " possible CPUs, and 0 values", fewer.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"percpu_hash", "lru_percpu_hash"})
  void aHashHasOnlyWhatWasPutIn(String name) {
    PerCpuHash<Integer, Long> map = object.map(name).perCpuHash(Codec.s32(), Codec.u64());
    List<Long> ones = Collections.nCopies(CPUS, 1L);
    assertEquals(Optional.empty(), map.lookup(1));
    assertEquals(Optional.empty(), map.lookup(1, 0));
    assertEquals(Optional.empty(), map.reduce(1, Long::sum));
    assertEquals(OptionalLong.empty(), map.sum(1, Long::longValue));
    assertEquals(OptionalLong.empty(), map.max(1, Long::longValue));
    assertFalse(map.update(1, 0, 5L), "no entry, no value of a CPU");
    assertFalse(map.update(1, ones, Update.EXIST));
    assertTrue(map.update(1, ones, Update.NO_EXIST));
    assertFalse(map.update(1, ones, Update.NO_EXIST));
    map.updateAll(Map.of(1, ones, 2, ones, 3, ones), Update.ANY).orThrow();
    assertTrue(map.delete(1));
    assertFalse(map.delete(1));
    assertEquals(1, map.deleteAll(List.of(1, 2)));
    Snapshot<Integer, List<Long>> drained = map.drain();
    assertTrue(drained.isComplete());
    assertEquals(Map.of(3, ones), drained.toMap());
    assertEquals(Map.of(), dump(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"percpu_hash", "lru_percpu_hash"})
  @Requires(KernelFeature.HASH_LOOKUP_AND_DELETE)
  void whatIsTakenIsGone(String name) {
    PerCpuHash<Integer, Long> map = object.map(name).perCpuHash(Codec.s32(), Codec.u64());
    List<Long> ones = Collections.nCopies(CPUS, 1L);
    map.update(1, ones);
    assertEquals(Optional.of(ones), map.lookupAndDelete(1));
    assertEquals(Optional.empty(), map.lookupAndDelete(1));
    assertEquals(Map.of(), dump(name));
  }

  @Test
  void aFullHashSaysSo() {
    PerCpuMap<Integer, Long> map = perCpu("percpu_hash");
    for (int key = 0; key < SIZE; key++) {
      map.updateEach(key, 1L);
    }
    BpfException full = assertThrows(BpfException.class, () -> map.updateEach(SIZE, 1L));
    assertEquals(Errno.E2BIG, full.errno().orElseThrow());
    assertTrue(full.sentence().contains("it is full: it holds 8 entries"), full.sentence());
  }

  @ParameterizedTest
  @ValueSource(strings = {"percpu_array", "percpu_hash", "lru_percpu_hash"})
  void aSnapshotHasAllCpusOrOneValueMadeOfThem(String name) {
    PerCpuMap<Integer, Long> map = perCpu(name);
    Map<Integer, Long> expected = new TreeMap<>();
    for (int key = 0; key < SIZE / 2; key++) {
      map.updateEach(key, key * 10L);
      expected.put(key, (long) CPUS * key * 10);
    }
    Snapshot<Integer, Long> sums = map.snapshot(Long::sum);
    assertTrue(sums.isComplete());
    Map<Integer, Long> found = new TreeMap<>(sums.toMap());
    found.keySet().removeIf(key -> key >= SIZE / 2); // the rest of the array: zeros
    assertEquals(expected, found);
    assertEquals(
        Collections.nCopies(CPUS, 30L), map.snapshot().toMap().get(3), "and one for each CPU");
  }

  @ParameterizedTest
  @ValueSource(strings = {"percpu_array", "percpu_hash", "lru_percpu_hash"})
  void numbersNeedNoObjects(String name) {
    PerCpuLongMap map = object.map(name).perCpuLongs();
    assertEquals(CPUS, map.cpus());
    map.updateEach(4, 40);
    assertTrue(map.update(4, CPUS - 1, -1));
    assertEquals(-1, map.lookup(4, CPUS - 1, 0));
    assertEquals(40L * (CPUS - 1) - 1, map.sum(4, 0));
    assertEquals(-1, map.max(4, 0), "unsigned");
    assertEquals(-7, map.sum(100, -7));
    assertEquals(-7, map.max(100, -7));
    assertEquals(-7, map.lookup(100, 0, -7));
    assertFalse(map.update(100, 0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> map.lookup(4, CPUS, 0));
  }

  @Test
  void valuesThatAreRoundedUpKeepTheirBytes() {
    try (BpfObject others = TestObjects.load("maps")) {
      PerCpuMap<Integer, byte[]> map =
          others.map("percpu_array").perCpu(Codec.s32(), Codec.bytes(12));
      List<byte[]> values = new ArrayList<>();
      for (int cpu = 0; cpu < CPUS; cpu++) {
        byte[] value = new byte[12];
        Arrays.fill(value, (byte) (cpu + 1));
        values.add(value);
      }
      map.update(1, values);
      Map<String, List<String>> dump = MapDump.of(others.map("percpu_array").info().id());
      assertEquals("02".repeat(12), dump.getOrDefault("01000000", List.of()).get(1));
      assertEquals(12, map.lookup(1, 1).orElseThrow().length);
      assertEquals(2, map.lookup(1, 1).orElseThrow()[11]);
    }
  }

  @Test
  void otherTypesAreRefused() {
    BpfMap hash = object.map("hash");
    assertThrows(BpfException.class, () -> hash.perCpu(Codec.s32(), Codec.u64()));
    assertThrows(BpfException.class, hash::perCpuLongs);
    BpfMap array = object.map("percpu_array");
    assertThrows(BpfException.class, () -> array.perCpuHash(Codec.s32(), Codec.u64()));
    assertThrows(BpfException.class, () -> array.perCpu(Codec.s32(), Codec.u32()));
    assertThrows(BpfException.class, () -> array.typed(Codec.s32(), Codec.u64()));
  }

  private PerCpuMap<Integer, Long> perCpu(String name) {
    return object.map(name).perCpu(Codec.s32(), Codec.u64());
  }

  private Map<String, List<String>> dump(String name) {
    return MapDump.of(object.map(name).info().id());
  }
}
