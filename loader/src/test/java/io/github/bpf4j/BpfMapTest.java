package io.github.bpf4j;

import static io.github.bpf4j.MapEntries.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of every shape, written by bpf4j and read by bpftool. */
@KernelTest
final class BpfMapTest {
  private final Arena arena = Arena.ofAuto();
  private BpfObject object;

  @BeforeEach
  void load() {
    object = TestObjects.load("maps");
  }

  @AfterEach
  void close() {
    object.close();
  }

  @ParameterizedTest
  @CsvSource({
    "array, ARRAY, 4, 8, 5",
    "array_of_bytes, ARRAY, 4, 1, 5",
    "hash, HASH, 7, 12, 1000",
    "percpu_hash, PERCPU_HASH, 4, 12, 1000",
    "percpu_array_of_ints, PERCPU_ARRAY, 4, 4, 5",
  })
  void shapesAreThoseOfTheObject(String name, BpfMapType type, int key, int value, int entries) {
    BpfMap map = object.map(name);
    assertEquals(type, map.type());
    assertEquals(type, map.info().type());
    assertEquals(key, map.keySize());
    assertEquals(value, map.valueSize());
    assertEquals(entries, map.maxEntries());
    long stride = Math.ceilDiv(value, 8) * 8L;
    assertEquals(type.name().startsWith("PERCPU"), map.isPerCpu());
    assertEquals(map.isPerCpu() ? stride * MapEntries.CPUS : value, map.valueBytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "array",
        "array_of_bytes",
        "hash",
        "hash_of_numbers",
        "percpu_hash",
        "percpu_array",
        "percpu_array_of_ints"
      })
  void whatIsWrittenIsReadBackByUsAndByBpftool(String name) {
    BpfMap map = object.map(name);
    Map<String, List<String>> expected = new TreeMap<>(MapDump.of(map.info().id()));
    for (int i = 0; i < map.maxEntries(); i += map.maxEntries() / 5) {
      MemorySegment key = key(map, i);
      MemorySegment value = value(map, 0x31 * (i + 1));
      assertTrue(map.update(key, value, Update.ANY));
      MemorySegment read = arena.allocate(map.valueBytes());
      assertTrue(map.lookup(key, read));
      assertEquals(hex(value), hex(read));
      expected.put(hex(key), MapEntries.values(map, value));
    }
    assertEquals(expected, MapDump.of(map.info().id()));
    assertEquals(5, expected.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "hash_of_numbers", "percpu_hash"})
  void aHashHasOnlyWhatWasPutIn(String name) {
    BpfMap map = object.map(name);
    MemorySegment key = key(map, 7);
    MemorySegment old = value(map, 1);
    MemorySegment read = value(map, 99);
    assertFalse(map.lookup(key, read));
    assertEquals(hex(value(map, 99)), hex(read), "a key that is not there changes nothing");
    assertFalse(map.delete(key));
    assertFalse(map.update(key, old, Update.EXIST));
    assertFalse(map.lookup(key, read));
    assertTrue(map.update(key, old, Update.NO_EXIST));
    assertFalse(map.update(key, value(map, 2), Update.NO_EXIST));
    assertTrue(map.lookup(key, read));
    assertEquals(hex(old), hex(read));
    assertTrue(map.update(key, value(map, 2), Update.EXIST));
    assertTrue(map.update(key, value(map, 3), Update.ANY));
    assertTrue(map.lookup(key, read));
    assertEquals(hex(value(map, 3)), hex(read));
    assertTrue(map.delete(key));
    assertFalse(map.delete(key));
    assertEquals(Map.of(), MapDump.of(map.info().id()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"array", "percpu_array"})
  void anArrayHasAllItsKeysAndNoOther(String name) {
    BpfMap map = object.map(name);
    MemorySegment value = value(map, 1);
    assertTrue(map.lookup(key(map, 4), value));
    assertFalse(map.lookup(key(map, 5), value));
    assertFalse(map.update(key(map, 0), value, Update.NO_EXIST));
    assertTrue(map.update(key(map, 0), value, Update.EXIST));
    assertErrno(Errno.EINVAL, "delete a key from", () -> map.delete(key(map, 0)));
    assertErrno(Errno.E2BIG, "update", () -> map.update(key(map, 5), value, Update.ANY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "percpu_hash"})
  void aFullMapTakesNoMore(String name) {
    BpfMap map = object.map(name);
    for (int i = 0; i < map.maxEntries(); i++) {
      assertTrue(map.update(key(map, i), value(map, i), Update.NO_EXIST));
    }
    MemorySegment value = value(map, 0);
    assertErrno(Errno.E2BIG, "update", () -> map.update(key(map, 5000), value, Update.ANY));
    assertTrue(map.update(key(map, 5), value, Update.ANY), "what is there may change");
    assertTrue(map.delete(key(map, 5)));
    assertTrue(map.update(key(map, 5000), value, Update.ANY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"array", "hash", "percpu_hash", "percpu_array"})
  void aWalkMeetsEachKeyOnce(String name) {
    BpfMap map = object.map(name);
    TreeSet<String> expected = new TreeSet<>();
    for (int i = 0; i < 5; i++) {
      map.update(key(map, i), value(map, i), Update.ANY);
      expected.add(hex(key(map, i)));
    }
    TreeSet<String> met = new TreeSet<>();
    MemorySegment key = arena.allocate(map.keySize());
    MemorySegment next = arena.allocate(map.keySize());
    boolean more = map.firstKey(next);
    while (more) {
      assertTrue(met.add(hex(next)), hex(next));
      key.copyFrom(next);
      more = map.nextKey(key, next);
    }
    assertEquals(expected, met);
  }

  @Test
  void anEmptyMapHasNoFirstKey() {
    BpfMap hash = object.map("hash");
    assertFalse(hash.firstKey(arena.allocate(7)));
    assertFalse(hash.nextKey(key(hash, 1), arena.allocate(7)), "after a key that is not there");
  }

  private static void assertErrno(int errno, String operation, Executable call) {
    BpfException failed = assertThrows(BpfException.class, call);
    assertEquals(errno, failed.errno().orElseThrow(), failed.sentence());
    assertEquals(operation, failed.operation());
  }

  private MemorySegment key(BpfMap map, int number) {
    return MapEntries.key(arena, map, number);
  }

  private MemorySegment value(BpfMap map, int seed) {
    return MapEntries.value(arena, map, seed);
  }
}
