package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.testing.Frames;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.TestPins;
import io.github.bpf4j.uapi.BpfMapFlag;
import io.github.bpf4j.uapi.BpfMapType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects that share maps: by a pin that the load finds, or by a map that they are given. */
@KernelTest
final class MapReuseTest {
  private final TestPins pins = new TestPins();

  @AfterEach
  void close() {
    pins.close();
  }

  @Test
  void theSecondObjectFindsWhatTheFirstPinned() {
    Path path = pins.name("shared/rxcnt");
    try (BpfObject first = load(path);
        BpfObject second = load(path)) {
      assertEquals(List.of("shared/rxcnt"), pins.names());
      assertEquals(first.map("rxcnt").info().id(), second.map("rxcnt").info().id());
      for (BpfObject object : List.of(first, second)) {
        object.program("xdp_prog1").run(RunInput.packet(Frames.ipv4(17)));
      }
      assertEquals(2, udp(first));
    }
    try (BpfObject third = load(path)) {
      assertEquals(2, udp(third), "it outlives those who made it");
    }
  }

  @Test
  void aPathIsSaidBeforeTheLoad() {
    try (OpenBpfObject object = TestObjects.open("xdp1_kern")) {
      OpenBpfMap map = object.map("rxcnt");
      assertEquals(Optional.empty(), map.pinPath());
      map.pinPath(pins.name("here"));
      assertEquals(Optional.of(pins.name("here")), map.pinPath());
    }
    assertEquals(List.of(), pins.names());
  }

  @Test
  void aPathCanBeTakenBack() {
    try (OpenBpfObject open = TestObjects.open("xdp1_kern")) {
      OpenBpfMap map = open.map("rxcnt");
      map.pinPath(pins.name("nowhere"));
      map.noPinPath();
      assertEquals(Optional.empty(), map.pinPath());
      open.load().close();
    }
    assertEquals(List.of(), pins.names());
  }

  @ParameterizedTest
  @CsvSource({
    "PERCPU_ARRAY, 4, 8, 128, 'max_entries: 256 vs 128'",
    "PERCPU_ARRAY, 4, 16, 300, 'value_size: 8 vs 16, max_entries: 256 vs 300'",
    "HASH, 8, 8, 256, 'type: PERCPU_ARRAY vs HASH, key_size: 4 vs 8'",
  })
  void aMapThatDiffersIsRefusedWithBothSides(
      BpfMapType type, int key, int value, int entries, String difference) {
    Path path = pins.name("other");
    try (OwnedBpfMap other = BpfMap.create(MapSpec.of(type, key, value, entries).name("other"))) {
      other.pin(path);
      BpfException pinned = assertThrows(BpfException.class, () -> load(path));
      assertEquals(
          "cannot reuse the map pinned at "
              + path
              + " as map rxcnt: they differ (the object's vs the one that is there): "
              + difference
              + "; let the object have the same, or take another map or path",
          pinned.sentence());
      try (OpenBpfObject object = TestObjects.open("xdp1_kern")) {
        BpfException given =
            assertThrows(BpfException.class, () -> object.map("rxcnt").reuse(other));
        assertTrue(given.sentence().startsWith("cannot reuse map other as map rxcnt: "));
        assertTrue(given.sentence().contains(difference));
      }
    }
    assertEquals(List.of("other"), pins.names());
  }

  @Test
  void flagsAreComparedToo() {
    MapSpec spec = MapSpec.of(BpfMapType.PERCPU_ARRAY, 4, 8, 256).flags(BpfMapFlag.RDONLY_PROG);
    try (OwnedBpfMap other = BpfMap.create(spec);
        OpenBpfObject object = TestObjects.open("xdp1_kern")) {
      BpfException refused =
          assertThrows(BpfException.class, () -> object.map("rxcnt").reuse(other));
      assertTrue(refused.sentence().contains("map_flags: 0 vs 128"), refused.sentence());
    }
  }

  @Test
  void anObjectTakesTheMapThatItIsGiven() {
    try (OwnedBpfMap mine = BpfMap.create(MapSpec.of(BpfMapType.PERCPU_ARRAY, 4, 8, 256))) {
      OpenBpfObject open = TestObjects.open("xdp1_kern");
      open.map("rxcnt").reuse(mine);
      long[] counts = new long[256];
      try (BpfObject object = open.load()) {
        assertEquals(mine.info().id(), object.map("rxcnt").info().id());
        object.program("xdp_prog1").run(RunInput.packet(Frames.ipv4(6)).repeat(5));
        mine.counters().read(counts);
        assertEquals(5, counts[6]);
      }
      mine.counters().read(counts);
      assertEquals(5, counts[6], "it is not the object's");
    }
  }

  private static BpfObject load(Path path) {
    OpenBpfObject object = TestObjects.open("xdp1_kern");
    object.map("rxcnt").pinPath(path);
    return object.load();
  }

  private static long udp(BpfObject object) {
    long[] counts = new long[256];
    object.map("rxcnt").counters().read(counts);
    return counts[17];
  }
}
