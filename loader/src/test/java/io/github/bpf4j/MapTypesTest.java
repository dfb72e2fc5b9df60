package io.github.bpf4j;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.map.EntryCursor;
import io.github.bpf4j.map.RawMap;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapFlag;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.MapInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All types of map: what the kernel does with each, and what is said where it does nothing. */
@KernelTest
final class MapTypesTest {
  private final Arena arena = Arena.ofAuto();

  /**
   * A sign for each of lookup, update, delete, take, walk. {@code +} the kernel does it; {@code !}
   * it refuses what it was given here; {@code -} it does not have it. Then what the type takes, and
   * what taking does.
   */
  @ParameterizedTest
  @CsvSource({
    "HASH, 4, 8, 4, , +++++, , HASH_LOOKUP_AND_DELETE",
    "LRU_HASH, 4, 8, 4, , +++++, , HASH_LOOKUP_AND_DELETE",
    "PERCPU_HASH, 4, 8, 4, , +++++, , HASH_LOOKUP_AND_DELETE",
    "LRU_PERCPU_HASH, 4, 8, 4, , +++++, , HASH_LOOKUP_AND_DELETE",
    "ARRAY, 4, 8, 4, , ++!-+, , ",
    "PERCPU_ARRAY, 4, 8, 4, , ++!-+, , ",
    "LPM_TRIE, 8, 8, 4, NO_PREALLOC, +++-+, , ",
    "QUEUE, 0, 8, 4, , ++!+!, , ",
    "STACK, 0, 8, 4, , ++!+!, , ",
    "BLOOM_FILTER, 0, 8, 4, , ++---, BLOOM_FILTER, ",
    "PROG_ARRAY, 4, 4, 4, , +!+-+, , ",
    "PERF_EVENT_ARRAY, 4, 4, 4, , -!+-+, , ",
    "CGROUP_ARRAY, 4, 4, 4, , -!+-+, , ",
    "STACK_TRACE, 4, 80, 4, , +!+++, , STACK_TRACE_LOOKUP_AND_DELETE",
    "DEVMAP, 4, 4, 4, , +!+-+, , ",
    "DEVMAP_HASH, 4, 4, 4, , +!+-+, , ",
    "CPUMAP, 4, 4, 4, , +!+-+, , ",
    "XSKMAP, 4, 4, 4, , -!+-+, , ",
    "SOCKMAP, 4, 8, 4, , +!!-+, , ",
    "SOCKHASH, 4, 8, 4, , +!+-+, , ",
    "REUSEPORT_SOCKARRAY, 4, 8, 4, , +!+-+, , ",
    "CGROUP_STORAGE, 16, 8, 0, , +!!-+, , ",
    "PERCPU_CGROUP_STORAGE, 16, 8, 0, , +!!-+, , ",
    "SK_STORAGE, 4, 8, 0, NO_PREALLOC, !!!--, , ",
    "INODE_STORAGE, 4, 8, 0, NO_PREALLOC, !!!--, , ",
    "TASK_STORAGE, 4, 8, 0, NO_PREALLOC, !!!--, TASK_STORAGE, ",
    "CGRP_STORAGE, 4, 8, 0, NO_PREALLOC, !!!--, CGRP_STORAGE, ",
    "RINGBUF, 0, 0, 4096, , -----, , ",
    "USER_RINGBUF, 0, 0, 4096, , -----, USER_RING_BUFFER, ",
    "ARENA, 0, 0, 1, MMAPABLE, !----, ARENA, ",
  })
  void eachTypeHasItsOperationsAndNoOthers(
      BpfMapType type,
      int key,
      int value,
      int entries,
      @Nullable BpfMapFlag flag,
      String operations,
      @Nullable KernelFeature feature,
      @Nullable KernelFeature taking) {
    if (feature != null) {
      feature.assume();
    }
    boolean takes = taking == null || taking.isThere();
    String expected =
        takes ? operations : new StringBuilder(operations).replace(3, 4, "-").toString();
    MapSpec spec = MapSpec.of(type, key, value, entries).name("each");
    try (OwnedBpfMap map = BpfMap.create(flag == null ? spec : spec.flags(flag))) {
      MapInfo info = map.info();
      assertEquals(type, info.type());
      assertEquals(key, info.keySize());
      assertEquals(value, info.valueSize());
      MemorySegment keys = key == 0 ? MemorySegment.NULL : arena.allocate(key, 8);
      if (type == BpfMapType.LPM_TRIE) {
        keys.set(JAVA_INT, 0, 8);
      }
      if (operations.startsWith("!") && key > 0) {
        keys.set(JAVA_INT, 0, -1); // a descriptor that nobody has
      }
      MemorySegment values = arena.allocate(Math.max(1, map.valueBytes()), 8).fill((byte) -1);
      MemorySegment next = arena.allocate(16);
      String found =
          sign(() -> map.lookup(keys, values.fill((byte) -1)))
              + sign(() -> map.update(keys, values.fill((byte) -1), Update.ANY))
              + sign(() -> map.delete(keys))
              + sign(() -> map.lookupAndDelete(keys, values, 0))
              + sign(() -> map.firstKey(next));
      assertEquals(expected, found);
    }
  }

  private static String sign(Runnable call) {
    try {
      call.run();
      return "+";
    } catch (BpfUnsupportedException e) {
      assertTrue(e.sentence().contains("no such operation for a map of type "), e.sentence());
      return "-";
    } catch (BpfException e) {
      assertTrue(e.errno().isPresent(), e.sentence());
      return "!";
    }
  }

  @Test
  void aStructOfFunctionsTellsWhatItIs() {
    try (BpfObject object = TestObjects.load("struct_ops")) {
      BpfMap map = object.map("ours");
      assertEquals(BpfMapType.STRUCT_OPS, map.type());
      MapInfo info = map.info();
      assertEquals(1, info.maxEntries());
      assertTrue(info.btfVmlinuxValueTypeId() > 0);
      RawMap raw = map;
      EntryCursor cursor = EntryCursor.reading(raw);
      assertTrue(cursor.next());
      assertEquals(0, cursor.keys().get(JAVA_INT, cursor.keyOffset()));
      assertTrue(!cursor.next() && cursor.isComplete());
    }
  }
}
