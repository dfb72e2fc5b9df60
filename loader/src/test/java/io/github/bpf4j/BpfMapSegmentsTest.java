package io.github.bpf4j;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.Allocation;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The caller's segments: their sizes are checked, and nothing is allocated besides. */
@KernelTest
final class BpfMapSegmentsTest {
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

  @Test
  void segmentsThatAreTooSmallOrOnTheHeapAreRefused() {
    BpfMap map = object.map("percpu_hash");
    MemorySegment key = key(map, 0);
    MemorySegment value = value(map, 0);
    MemorySegment small = value.asSlice(0, value.byteSize() - 1);
    MemorySegment heap = MemorySegment.ofArray(new byte[(int) map.valueBytes()]);
    String sentence = "map percpu_hash needs a native segment of ";
    for (MemorySegment wrong : List.of(small, heap, MemorySegment.NULL)) {
      refuses(sentence + value.byteSize(), () -> map.lookup(key, wrong));
      refuses(sentence + value.byteSize(), () -> map.update(key, wrong, Update.ANY));
    }
    MemorySegment heapKey = MemorySegment.ofArray(new int[1]);
    for (MemorySegment wrong : List.of(arena.allocate(3), heapKey, MemorySegment.NULL)) {
      refuses(sentence + "4 bytes for the key", () -> map.lookup(wrong, value));
      refuses(sentence + "4 bytes for the key", () -> map.update(wrong, value, Update.ANY));
      refuses(sentence + "4 bytes for the key", () -> map.delete(wrong));
      refuses(sentence + "4 bytes for the key", () -> map.nextKey(wrong, key));
      refuses(sentence + "4 bytes for the next key", () -> map.nextKey(key, wrong));
      refuses(sentence + "4 bytes for the next key", () -> map.firstKey(wrong));
    }
    assertEquals(Map.of(), MapDump.of(map.info().id()));
  }

  @Test
  void largerSegmentsKeepWhatIsBehind() {
    BpfMap map = object.map("array");
    MemorySegment value = arena.allocate(16).fill((byte) 0x55);
    assertTrue(map.lookup(key(map, 0), value));
    assertEquals(0, value.get(JAVA_LONG, 0));
    assertEquals(0x5555555555555555L, value.get(JAVA_LONG, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"array", "hash", "percpu_array"})
  void lookupsAndUpdatesAllocateNothing(String name) {
    BpfMap map = object.map(name);
    MemorySegment key = key(map, 1);
    MemorySegment value = value(map, 1);
    MemorySegment other = key(map, 2);
    assertEquals(
        0,
        Allocation.bytesPerCall(
            10_000,
            () -> {
              map.update(key, value, Update.ANY);
              map.lookup(key, value);
              map.lookup(other, value);
              map.nextKey(key, other);
            }));
  }

  private static void refuses(String sentence, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(String.valueOf(message).startsWith(sentence), message);
  }

  private MemorySegment key(BpfMap map, int number) {
    return MapEntries.key(arena, map, number);
  }

  private MemorySegment value(BpfMap map, int seed) {
    return MapEntries.value(arena, map, seed);
  }
}
