package io.github.bpf4j;

import static io.github.bpf4j.MapRequests.NOTHING;
import static io.github.bpf4j.MapRequests.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.map.BatchResult;
import io.github.bpf4j.map.LongHash;
import io.github.bpf4j.map.Snapshot;
import io.github.bpf4j.map.TypedHash;
import io.github.bpf4j.map.TypedMap;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes as Java sees them, against BPF programs and bpftool. */
@KernelTest
final class HashViewsTest {
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
  @ValueSource(strings = {"hash", "lru_hash"})
  void whatAProgramPutsIsFoundAndTheOtherWayRound(String name) {
    TypedHash<Integer, Long> map = hash(name);
    assertEquals(Optional.empty(), map.lookup(7));
    assertEquals(NOTHING, run(object, "get_" + name, 7));
    assertEquals(0, run(object, "put", 7, 700));
    assertEquals(Optional.of(700L), map.lookup(7));
    map.update(7, 800L);
    assertEquals(800, run(object, "get_" + name, 7));
    assertEquals(Map.of("07000000", List.of("2003000000000000")), dump(name));
    assertTrue(map.delete(7));
    assertFalse(map.delete(7));
    assertEquals(NOTHING, run(object, "get_" + name, 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "lru_hash"})
  void anUpdateFindsWhatItShall(String name) {
    TypedHash<Integer, Long> map = hash(name);
    assertFalse(map.update(1, 1L, Update.EXIST));
    assertTrue(map.update(1, 1L, Update.NO_EXIST));
    assertFalse(map.update(1, 2L, Update.NO_EXIST));
    assertTrue(map.update(1, 3L, Update.EXIST));
    assertEquals(Optional.of(3L), map.lookup(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "lru_hash"})
  @Requires(KernelFeature.HASH_LOOKUP_AND_DELETE)
  void whatIsTakenIsGone(String name) {
    TypedHash<Integer, Long> map = hash(name);
    map.update(1, 3L);
    assertEquals(Optional.of(3L), map.lookupAndDelete(1));
    assertEquals(Optional.empty(), map.lookupAndDelete(1));
    LongHash numbers = object.map(name).longHash();
    numbers.update(5, 500);
    assertEquals(500, numbers.lookupAndDelete(5, -1));
    assertEquals(-1, numbers.lookupAndDelete(5, -1));
    assertEquals(Map.of(), dump(name));
  }

  @Test
  void aFullHashSaysSoInWords() {
    TypedHash<Integer, Long> map = hash("hash");
    for (int key = 0; key < SIZE; key++) {
      map.update(key, 0L);
    }
    BpfException full = assertThrows(BpfException.class, () -> map.update(SIZE, 0L));
    assertEquals(Errno.E2BIG, full.errno().orElseThrow());
    assertEquals(
        "cannot update map hash: it is full: it holds 8 entries at most (E2BIG); delete some, or"
            + " give it more before the load (max_entries)",
        full.sentence());
    map.update(0, 1L);
  }

  @Test
  void anLruMakesRoom() {
    TypedHash<Integer, Long> map = hash("lru_hash");
    for (int key = 0; key < 100; key++) {
      map.update(key, 0L);
    }
    int size = map.snapshot().size();
    assertTrue(size > 0 && size <= SIZE, size + " entries");
    assertEquals(Optional.of(0L), map.lookup(99));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "lru_hash"})
  void aSnapshotHasEachEntryOnceAndADrainLeavesNone(String name) {
    TypedHash<Integer, Long> map = hash(name);
    assertEquals(0, map.snapshot().size());
    Map<Integer, Long> expected = new TreeMap<>();
    for (int key = 0; key < SIZE / 2; key++) {
      run(object, "put", key, key * 10L);
      expected.put(key, key * 10L);
    }
    Snapshot<Integer, Long> snapshot = map.snapshot();
    assertTrue(snapshot.isComplete());
    assertEquals(expected, new TreeMap<>(snapshot.toMap()));
    assertEquals("4 entries of map " + name, snapshot.toString());
    Map<Integer, Long> each = new TreeMap<>();
    assertTrue(map.forEach(each::put));
    assertEquals(expected, each);
    Snapshot<Integer, Long> drained = map.drain();
    assertTrue(drained.isComplete());
    assertEquals(expected, new TreeMap<>(drained.toMap()));
    assertEquals(0, map.drain().size());
    assertEquals(Map.of(), dump(name));
  }

  @Test
  void aBatchGoesInUpToTheFirstThatFails() {
    TypedHash<Integer, Long> map = hash("hash");
    Map<Integer, Long> entries = new TreeMap<>();
    IntStream.range(0, SIZE + 2).forEach(key -> entries.put(key, key + 1L));
    BatchResult<Integer> result = map.updateAll(entries, Update.ANY);
    assertEquals(SIZE, result.done());
    assertFalse(result.isComplete());
    assertEquals(Optional.of(SIZE), result.failed());
    assertEquals(Errno.E2BIG, result.reason().orElseThrow().errno().orElseThrow());
    assertThrows(BpfException.class, result::orThrow);
    entries.keySet().removeIf(key -> key >= SIZE);
    assertEquals(entries, new TreeMap<>(map.snapshot().toMap()));
    BatchResult<Integer> again = map.updateAll(entries, Update.ANY);
    assertTrue(again.isComplete());
    assertEquals(SIZE, again.done());
    again.orThrow();
  }

  @Test
  void aBatchFindsWhatItShall() {
    TypedHash<Integer, Long> map = hash("hash");
    map.update(3, 0L);
    Map<Integer, Long> entries = new TreeMap<>(Map.of(1, 1L, 2, 2L, 3, 3L, 4, 4L));
    BatchResult<Integer> made = map.updateAll(entries, Update.NO_EXIST);
    assertEquals(2, made.done());
    assertEquals(Optional.of(3), made.failed());
    assertEquals(Errno.EEXIST, made.reason().orElseThrow().errno().orElseThrow());
    BatchResult<Integer> changed = map.updateAll(entries, Update.EXIST);
    assertEquals(3, changed.done());
    assertEquals(Optional.of(4), changed.failed());
    assertEquals(Errno.ENOENT, changed.reason().orElseThrow().errno().orElseThrow());
    assertEquals(Map.of(1, 1L, 2, 2L, 3, 3L), map.snapshot().toMap());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keysThatAreNotThereArePassedOver(boolean batches) {
    if (!batches) {
      KernelFeature.HASH_LOOKUP_AND_DELETE.assume();
    }
    TypedHash<Integer, Long> map =
        batches
            ? hash("hash")
            : new TypedHash<>(new WithoutBatches(object.map("hash")), Codec.s32(), Codec.u64());
    map.updateAll(Map.of(1, 1L, 3, 3L, 5, 5L, 6, 6L), Update.ANY).orThrow();
    assertEquals(3, map.deleteAll(List.of(0, 1, 2, 3, 4, 5, 7, 1)));
    assertEquals(Map.of(6, 6L), map.snapshot().toMap());
    assertEquals(0, map.deleteAll(List.of()));
    assertEquals(Map.of(6, 6L), map.drain().toMap());
  }

  @Test
  void manyEntriesTakeManyBatches() {
    int size = 50_000;
    MapSpec spec = MapSpec.of(BpfMapType.HASH, 4, 8, size);
    try (OwnedBpfMap raw = BpfMap.create(spec)) {
      TypedHash<Integer, Long> map = raw.hash(Codec.s32(), Codec.u64());
      Map<Integer, Long> entries =
          IntStream.range(0, size).boxed().collect(Collectors.toMap(key -> key, key -> key * 3L));
      assertEquals(size, map.updateAll(entries, Update.ANY).done());
      assertEquals(entries, map.snapshot().toMap());
      assertEquals(size / 2, map.deleteAll(IntStream.range(0, size / 2).boxed().toList()));
      assertEquals(size - size / 2, map.drain().size());
      assertEquals(0, map.snapshot().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "lru_hash"})
  void numbersNeedNoObjects(String name) {
    LongHash map = object.map(name).longHash();
    assertEquals(-1, map.lookup(5, -1));
    assertFalse(map.containsKey(5));
    run(object, "put", 5, 500);
    assertEquals(500, map.lookup(5, -1));
    map.update(0xffff_ffffL, -2);
    assertTrue(map.containsKey(-1), "the same four bytes");
    assertEquals(-2, map.lookup(-1, 0));
    Map<Long, Long> found = new HashMap<>();
    assertTrue(map.forEach(found::put));
    assertEquals(Map.of(5L, 500L, 0xffff_ffffL, -2L), found);
    assertFalse(map.update(5, 1, Update.NO_EXIST));
    assertTrue(map.delete(-1));
    assertFalse(map.delete(-1));
    IllegalArgumentException tooLarge =
        assertThrows(IllegalArgumentException.class, () -> map.lookup(1L << 32, 0));
    assertEquals("4294967296 has no room in 4 bytes", tooLarge.getMessage());
  }

  @Test
  void anyMapOfKeysAndValuesIsTyped() {
    TypedMap<Long, Integer> map = object.map("hash").typed(Codec.u32(), intsOfEightBytes());
    map.update(1L, 5);
    assertEquals(Optional.of(5), map.lookup(1L));
    assertEquals(5, run(object, "get_hash", 1));
  }

  private static Codec<Integer> intsOfEightBytes() {
    return new Codec<>() {
      @Override
      public int size() {
        return 8;
      }

      @Override
      public Integer read(MemorySegment segment, long offset) {
        return Codec.u64().read(segment, offset).intValue();
      }

      @Override
      public void write(MemorySegment segment, long offset, Integer value) {
        Codec.u64().write(segment, offset, value.longValue());
      }
    };
  }

  @Test
  void aCodecOfAnotherSizeIsRefused() {
    BpfMap map = object.map("hash");
    BpfException key = assertThrows(BpfException.class, () -> map.hash(Codec.u64(), Codec.u64()));
    assertEquals(
        "cannot use map hash as keys and values: its keys have 4 bytes, not 8", key.sentence());
    BpfException value = assertThrows(BpfException.class, () -> map.hash(Codec.u32(), Codec.u32()));
    assertEquals(
        "cannot use map hash as keys and values: its values have 8 bytes, not 4", value.sentence());
    BpfException type = assertThrows(BpfException.class, () -> map.array(Codec.u64()));
    assertEquals("cannot use map hash as an array: its type is HASH, not ARRAY", type.sentence());
  }

  private TypedHash<Integer, Long> hash(String name) {
    return object.map(name).hash(Codec.s32(), Codec.u64());
  }

  private Map<String, List<String>> dump(String name) {
    return MapDump.of(object.map(name).info().id());
  }
}
