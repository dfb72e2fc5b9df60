package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.map.ArrayOfMaps;
import io.github.bpf4j.map.HashOfMaps;
import io.github.bpf4j.map.TypedArray;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Maps whose values are maps. */
@KernelTest
final class MapOfMapsTest {
  private static final MapSpec INNER = MapSpec.of(BpfMapType.ARRAY, 4, 8, 1).name("inner");

  @Test
  void theObjectsOwnMapsAreFoundAndReplaced() {
    try (BpfObject object = TestObjects.load("map_in_map");
        OwnedBpfMap mine = BpfMap.create(INNER)) {
      ArrayOfMaps byIndex = object.map("by_index").arrayOfMaps();
      assertEquals(4, byIndex.size());
      int firstId = object.map("first").info().id();
      assertEquals(OptionalInt.of(firstId), byIndex.mapId(0));
      assertEquals(OptionalInt.empty(), byIndex.mapId(1));
      try (OwnedBpfMap opened = BpfMap.openById(byIndex.mapId(2).orElseThrow())) {
        assertEquals("second", opened.name());
      }
      BpfProgram program = object.program("first_program");
      program.run(RunInput.packet(Frames.ipv4(17)));
      assertEquals(1, counts(object.map("first")).get(0));
      byIndex.set(0, mine);
      assertEquals(OptionalInt.of(mine.info().id()), byIndex.mapId(0));
      program.run(RunInput.packet(Frames.ipv4(17)).repeat(5));
      assertEquals(1, counts(object.map("first")).get(0));
      assertEquals(5, counts(mine).get(0));
      assertTrue(byIndex.clear(0));
      assertFalse(byIndex.clear(0));
      assertEquals(OptionalInt.empty(), byIndex.mapId(0));
      assertThrows(IndexOutOfBoundsException.class, () -> byIndex.set(4, mine));
      assertThrows(IndexOutOfBoundsException.class, () -> byIndex.mapId(-1));
    }
  }

  @Test
  void aHashOfMapsHasEachByItsKey() {
    try (BpfObject object = TestObjects.load("map_in_map");
        OwnedBpfMap mine = BpfMap.create(INNER)) {
      HashOfMaps<Integer> byKey = object.map("by_key").hashOfMaps(Codec.s32());
      int secondId = object.map("second").info().id();
      assertEquals(OptionalInt.of(secondId), byKey.mapId(0));
      assertFalse(byKey.update(0, mine, Update.NO_EXIST));
      assertFalse(byKey.update(7, mine, Update.EXIST));
      assertTrue(byKey.update(7, mine, Update.NO_EXIST));
      int mineId = mine.info().id();
      assertEquals(Map.of(0, secondId, 7, mineId), byKey.snapshot().toMap());
      assertTrue(byKey.snapshot().isComplete());
      assertEquals(
          Map.of(
              "00000000", List.of(MapDump.hex(secondId)), "07000000", List.of(MapDump.hex(mineId))),
          MapDump.of(object.map("by_key").info().id()));
      byKey.update(8, mine, Update.ANY);
      byKey.update(9, mine, Update.ANY);
      BpfException full =
          assertThrows(BpfException.class, () -> byKey.update(10, mine, Update.ANY));
      assertEquals(Errno.E2BIG, full.errno().orElseThrow());
      assertTrue(byKey.delete(7));
      assertFalse(byKey.delete(7));
      assertEquals(OptionalInt.empty(), byKey.mapId(7));
    }
  }

  @Test
  void theyAreMadeAfterAnInnerMapAndKeepWhatIsPutIn() {
    try (OwnedBpfMap inner = BpfMap.create(INNER);
        OwnedBpfMap outer =
            BpfMap.create(MapSpec.of(BpfMapType.ARRAY_OF_MAPS, 4, 4, 2).innerMap(inner))) {
      ArrayOfMaps maps = outer.arrayOfMaps();
      int id;
      try (OwnedBpfMap shortLived = BpfMap.create(MapSpec.like(inner))) {
        counts(shortLived).set(0, 11L);
        maps.set(1, shortLived);
        id = shortLived.info().id();
      }
      try (OwnedBpfMap again = BpfMap.openById(id)) {
        assertEquals(11, counts(again).get(0), "the outer map keeps it");
      }
      maps.clear(1);
    }
  }

  @Test
  void aMapOfAnotherShapeIsRefusedInWords() {
    try (OwnedBpfMap inner = BpfMap.create(INNER);
        OwnedBpfMap other = BpfMap.create(MapSpec.of(BpfMapType.ARRAY, 4, 16, 1).name("other"));
        OwnedBpfMap outer =
            BpfMap.create(MapSpec.of(BpfMapType.ARRAY_OF_MAPS, 4, 4, 2).innerMap(inner))) {
      ArrayOfMaps maps = outer.arrayOfMaps();
      BpfException refused = assertThrows(BpfException.class, () -> maps.set(0, other));
      assertEquals(Errno.EINVAL, refused.errno().orElseThrow());
      assertTrue(
          refused.sentence().contains("differs from the inner map that it was made with"),
          refused.sentence());
      BpfException none =
          assertThrows(
              BpfException.class,
              () -> BpfMap.create(MapSpec.of(BpfMapType.HASH_OF_MAPS, 4, 4, 2).name("outer")));
      assertTrue(none.sentence().startsWith("cannot make map outer"), none.sentence());
    }
  }

  @Test
  void aClosedMapIsNotPutIn() {
    OwnedBpfMap closed = BpfMap.create(INNER);
    closed.close();
    try (OwnedBpfMap inner = BpfMap.create(INNER);
        OwnedBpfMap outer =
            BpfMap.create(MapSpec.of(BpfMapType.ARRAY_OF_MAPS, 4, 4, 2).innerMap(inner))) {
      ArrayOfMaps maps = outer.arrayOfMaps();
      assertThrows(IllegalStateException.class, () -> maps.set(0, closed));
      assertEquals(OptionalInt.empty(), maps.mapId(0));
    }
  }

  private static TypedArray<Long> counts(BpfMap map) {
    return map.array(Codec.u64());
  }
}
