package io.github.bpf4j;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfMap.Access;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfPermissionException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.testing.TestPins;
import io.github.bpf4j.uapi.BpfMapFlag;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.MapInfo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps that no object made: made here, pinned, opened by pin and by id, also those of others. */
@KernelTest
final class OwnedBpfMapTest {
  private static final MapSpec HASH = MapSpec.of(BpfMapType.HASH, 4, 8, 10).name("numbers");

  private final Arena arena = Arena.ofAuto();

  @Test
  void aMapIsAsItWasAskedFor() {
    MapSpec spec =
        MapSpec.of(BpfMapType.HASH, 4, 12, 100).name("a.b_C9").flags(BpfMapFlag.NO_PREALLOC);
    try (OwnedBpfMap map = BpfMap.create(spec)) {
      assertEquals("a.b_C9", map.name());
      assertEquals("HASH map a.b_C9", map.toString());
      MapInfo info = map.info();
      assertEquals(BpfMapType.HASH, info.type());
      assertEquals("a.b_C9", info.name());
      assertEquals(4, info.keySize());
      assertEquals(12, info.valueSize());
      assertEquals(100, info.maxEntries());
      assertEquals(Set.of(BpfMapFlag.NO_PREALLOC), BpfMapFlag.of(info.flags()));
      put(map, 1, 2);
      assertEquals(Map.of("01000000", List.of("020000000000000000000000")), dump(map));
      try (OwnedBpfMap same = BpfMap.create(MapSpec.like(map).name("same"))) {
        assertEquals(info.flags(), same.info().flags());
        assertEquals(12, same.valueSize());
      }
    }
  }

  @Test
  void whatIsSpecialToATypeReachesTheKernel() {
    try (OwnedBpfMap near = BpfMap.create(HASH.numaNode(0));
        OwnedBpfMap mapped =
            BpfMap.create(MapSpec.of(BpfMapType.ARRAY, 4, 8, 1).flags(BpfMapFlag.MMAPABLE))) {
      assertEquals(BpfMapFlag.NUMA_NODE.mask(), near.info().flags());
      assertEquals(BpfMapFlag.MMAPABLE.mask(), mapped.info().flags());
    }
  }

  @Test
  @Requires(KernelFeature.BLOOM_FILTER)
  void theNumberOfHashesOfAFilterReachesTheKernel() {
    MapSpec bloom = MapSpec.of(BpfMapType.BLOOM_FILTER, 0, 8, 100).extra(3);
    try (OwnedBpfMap map = BpfMap.create(bloom)) {
      assertEquals(3, map.info().extra());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sixteen_letters_", "a-b", "ä", "a b"})
  void namesThatTheKernelDoesNotTakeAreRefused(String name) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> HASH.name(name));
    assertTrue(String.valueOf(refused.getMessage()).contains('"' + name + '"'));
  }

  @Test
  void sizesThatTheKernelDoesNotTakeAreRefusedByName() {
    BpfException refused =
        assertThrows(
            BpfException.class,
            () -> BpfMap.create(MapSpec.of(BpfMapType.ARRAY, 8, 8, 1).name("odd")));
    assertEquals(Errno.EINVAL, refused.errno().orElseThrow());
    assertTrue(refused.sentence().startsWith("cannot make map odd: "), refused.sentence());
    assertThrows(IllegalArgumentException.class, () -> MapSpec.of(BpfMapType.UNKNOWN, 4, 4, 1));
  }

  @Test
  void aClosedMapIsAnExceptionAndClosingIsIdempotent() {
    OwnedBpfMap map = BpfMap.create(HASH);
    map.close();
    map.close();
    for (Executable use :
        List.<Executable>of(
            () -> get(map, 1),
            () -> put(map, 1, 1),
            map::info,
            map::freeze,
            () -> map.pin(Path.of("/sys/fs/bpf/never")),
            () -> map.unpin(Path.of("/sys/fs/bpf/never")))) {
      IllegalStateException closed = assertThrows(IllegalStateException.class, use);
      assertEquals("map numbers is closed", closed.getMessage());
    }
  }

  @Test
  void aPinnedMapOutlivesItsMaker() {
    try (TestPins pins = new TestPins()) {
      Path path = pins.name("deep/down/numbers");
      try (OwnedBpfMap map = BpfMap.create(HASH)) {
        put(map, 1, 11);
        map.pin(path);
      }
      try (OwnedBpfMap map = BpfMap.openPinned(path)) {
        assertEquals("numbers", map.name());
        assertEquals(11, get(map, 1));
        assertTrue(map.unpin(path));
        assertFalse(map.unpin(path), "it is gone already");
        assertEquals(11, get(map, 1));
      }
      assertEquals(List.of(), pins.names());
      BpfException gone = assertThrows(BpfException.class, () -> BpfMap.openPinned(path));
      assertEquals(
          "cannot open the map at " + path + ": nothing is pinned there (ENOENT)", gone.sentence());
    }
  }

  @Test
  void aNameThatIsTakenIsNeitherTakenOverNorRemoved() {
    try (TestPins pins = new TestPins();
        OwnedBpfMap first = BpfMap.create(HASH);
        OwnedBpfMap second = BpfMap.create(HASH.name("other"))) {
      Path path = pins.name("numbers");
      first.pin(path);
      BpfException taken = assertThrows(BpfException.class, () -> second.pin(path));
      assertTrue(taken.sentence().contains("something is there already (EEXIST)"));
      BpfException others = assertThrows(BpfException.class, () -> second.unpin(path));
      assertTrue(others.sentence().contains("something else is pinned there"));
      assertEquals(List.of("numbers"), pins.names());
      first.pin(pins.name("second_name"));
      assertTrue(first.unpin(path));
      assertEquals(List.of("second_name"), pins.names());
    }
  }

  @Test
  void placesThatTakeNoPinsAreNamedAndLeftAsTheyAre() throws IOException {
    Path plain = Files.createTempDirectory("bpf4j");
    try (TestPins pins = new TestPins();
        OwnedBpfMap map = BpfMap.create(HASH)) {
      BpfException elsewhere =
          assertThrows(BpfException.class, () -> map.pin(plain.resolve("new/numbers")));
      assertTrue(
          elsewhere.sentence().contains(plain + " is in no bpf file system; take a name below"),
          elsewhere.sentence());
      assertFalse(Files.exists(plain.resolve("new")));
      BpfException dots = assertThrows(BpfException.class, () -> map.pin(pins.name("a.b")));
      assertTrue(dots.sentence().contains("no names with dots"), dots.sentence());
      assertThrows(BpfException.class, () -> map.pin(Path.of("/")));
      BpfException noPin = assertThrows(BpfException.class, () -> BpfMap.openPinned(plain));
      assertTrue(noPin.sentence().contains("it is in no bpf file system"), noPin.sentence());
    } finally {
      Files.delete(plain);
    }
  }

  @Test
  void aProgramIsNoMap() {
    try (TestPins pins = new TestPins();
        BpfObject object = TestObjects.load("xdp1_kern");
        OwnedBpfMap map = BpfMap.create(HASH)) {
      Path path = pins.folder().resolve("program");
      String id = Integer.toString(object.program("xdp_prog1").info().id());
      Commands.run("bpftool", "prog", "pin", "id", id, path.toString());
      BpfException refused = assertThrows(BpfException.class, () -> BpfMap.openPinned(path));
      assertEquals(
          "cannot open the map at " + path + ": what is pinned there is a bpf-prog",
          refused.sentence());
      assertThrows(BpfException.class, () -> map.unpin(path));
      assertEquals(List.of("program"), pins.names());
    }
  }

  @Test
  void aMapOfBpftoolsIsReadAndWritten() {
    try (TestPins pins = new TestPins()) {
      Path path = pins.folder().resolve("theirs");
      String[] create = {
        "bpftool",
        "map",
        "create",
        path.toString(),
        "type",
        "lru_hash",
        "key",
        "4",
        "value",
        "8",
        "entries",
        "100",
        "name",
        "theirs"
      };
      Commands.run(create);
      String update = "bpftool map update pinned " + path + " key 7 0 0 0 value 1 2 0 0 0 0 0 0";
      Commands.run(update.split(" "));
      try (OwnedBpfMap map = BpfMap.openPinned(path)) {
        assertEquals(BpfMapType.LRU_HASH, map.type());
        assertEquals(0x201, get(map, 7));
        put(map, 8, 0x0a0b);
        assertEquals(
            Map.of(
                "07000000", List.of("0102000000000000"), "08000000", List.of("0b0a000000000000")),
            dump(map));
      }
    }
  }

  @Test
  void aReadOnlyMapIsReadAndNotWritten() {
    try (TestPins pins = new TestPins();
        OwnedBpfMap map = BpfMap.create(HASH)) {
      Path path = pins.name("numbers");
      map.pin(path);
      put(map, 1, 11);
      try (OwnedBpfMap pinned = BpfMap.openPinned(path, Access.READ_ONLY);
          OwnedBpfMap byId = BpfMap.openById(map.info().id(), Access.READ_ONLY)) {
        for (OwnedBpfMap reader : List.of(pinned, byId)) {
          assertEquals(11, get(reader, 1));
          denied("this descriptor of it is READ_ONLY", "update", () -> put(reader, 1, 12));
          denied(
              "this descriptor of it is READ_ONLY",
              "delete a key from",
              () -> reader.delete(MapEntries.key(arena, reader, 1)));
        }
      }
      try (OwnedBpfMap writer = BpfMap.openPinned(path, Access.WRITE_ONLY)) {
        put(writer, 2, 22);
        denied("this descriptor of it is WRITE_ONLY", "look up a key in", () -> get(writer, 2));
      }
      assertEquals(22, get(map, 2));
    }
  }

  @Test
  void aMapIsOpenedByItsId() {
    int id;
    try (OwnedBpfMap map = BpfMap.create(HASH);
        OwnedBpfMap same = BpfMap.openById(map.info().id())) {
      id = map.info().id();
      assertEquals("numbers", same.name());
      put(map, 3, 33);
      assertEquals(33, get(same, 3));
    }
    BpfException gone = assertThrows(BpfException.class, () -> BpfMap.openById(id));
    assertTrue(gone.sentence().contains("cannot open map " + id + ": no map has that id"));
  }

  @Test
  void aFrozenMapIsReadAndNotWritten() {
    try (OwnedBpfMap map = BpfMap.create(MapSpec.of(BpfMapType.ARRAY, 4, 8, 1).name("frozen"))) {
      put(map, 0, 5);
      map.freeze();
      assertEquals(5, get(map, 0));
      denied("it is frozen", "update", () -> put(map, 0, 6));
      denied("it is frozen", "freeze", map::freeze);
    }
  }

  @Test
  void aMapMadeForReadingIsNotWrittenByItsMaker() {
    MapSpec array = MapSpec.of(BpfMapType.ARRAY, 4, 8, 1);
    try (OwnedBpfMap reads = BpfMap.create(array.flags(BpfMapFlag.RDONLY));
        OwnedBpfMap writes = BpfMap.create(array.flags(BpfMapFlag.WRONLY))) {
      denied("this descriptor of it is READ_ONLY", "update", () -> put(reads, 0, 1));
      denied("this descriptor of it is WRITE_ONLY", "look up a key in", () -> get(writes, 0));
    }
  }

  private static void denied(String reason, String operation, Executable use) {
    BpfPermissionException denied = assertThrows(BpfPermissionException.class, use);
    assertEquals(operation, denied.operation());
    assertTrue(denied.sentence().contains(reason), denied.sentence());
  }

  private void put(BpfMap map, int key, long value) {
    MemorySegment bytes = arena.allocate(map.valueBytes(), Long.BYTES);
    bytes.set(JAVA_LONG, 0, value);
    assertTrue(map.update(MapEntries.key(arena, map, key), bytes, Update.ANY));
  }

  private long get(BpfMap map, int key) {
    MemorySegment bytes = arena.allocate(map.valueBytes(), Long.BYTES);
    assertTrue(map.lookup(MapEntries.key(arena, map, key), bytes));
    return bytes.get(JAVA_LONG, 0);
  }

  private static Map<String, List<String>> dump(BpfMap map) {
    return MapDump.of(map.info().id());
  }
}
