package io.github.bpf4j;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.map.ArenaMemory;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import io.github.bpf4j.uapi.BpfMapFlag;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Memory that a BPF program and this process share. */
@KernelTest
@Requires(KernelFeature.ARENA)
final class ArenaMemoryTest {
  private static final MapSpec ARENA =
      MapSpec.of(BpfMapType.ARENA, 0, 0, 4).name("arena").flags(BpfMapFlag.MMAPABLE);

  @Test
  void aProgramAndJavaWriteTheSameWords() {
    try (OwnedBpfMap map = BpfMap.create(ARENA);
        ArenaMemory arena = map.arenaMemory()) {
      MemorySegment memory = arena.memory();
      assertEquals(0, memory.byteSize() % 4);
      memory.set(JAVA_LONG, 0, 41);
      OpenBpfObject open = TestObjects.open("arena");
      open.map("arena").reuse(map);
      try (BpfObject object = open.load()) {
        assertEquals(42, addOne(object, arena.address()));
        assertEquals(42, memory.get(JAVA_LONG, 0));
        long last = memory.byteSize() - 8;
        assertEquals(0, memory.get(JAVA_LONG, last), "a page that nobody had touched");
        assertEquals(1, addOne(object, arena.address() + last));
        assertEquals(1, memory.get(JAVA_LONG, last));
      }
    }
  }

  @Test
  void theAddressIsTheOneThatWasAskedFor() {
    long address = 0x1000_0000_0000L;
    try (OwnedBpfMap map = BpfMap.create(ARENA.extra(address))) {
      for (int round = 0; round < 2; round++) {
        try (ArenaMemory arena = map.arenaMemory()) {
          assertEquals(address, arena.address());
          assertEquals(round, arena.memory().get(JAVA_LONG, 8), "it stays between mappings");
          arena.memory().set(JAVA_LONG, 8, round + 1);
        }
      }
    }
  }

  @Test
  void closedMemoryIsAnException() {
    try (OwnedBpfMap map = BpfMap.create(ARENA)) {
      ArenaMemory arena = map.arenaMemory();
      arena.close();
      arena.close();
      MemorySegment memory = arena.memory();
      assertThrows(IllegalStateException.class, () -> memory.get(JAVA_LONG, 0));
    }
  }

  @Test
  void whatCannotBeMappedSafelyIsRefused() {
    try (OwnedBpfMap map = BpfMap.create(ARENA.flags(BpfMapFlag.SEGV_ON_FAULT));
        OwnedBpfMap hash = BpfMap.create(MapSpec.of(BpfMapType.HASH, 4, 4, 1))) {
      BpfException faults = assertThrows(BpfException.class, map::arenaMemory);
      assertTrue(faults.sentence().contains("would end this process"), faults.sentence());
      BpfException type = assertThrows(BpfException.class, hash::arenaMemory);
      assertTrue(type.sentence().contains("its type is HASH, not ARENA"), type.sentence());
    }
  }

  private static int addOne(BpfObject object, long address) {
    byte[] argument =
        ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(address).array();
    return object.program("add_one").run(RunInput.context(argument)).verdict();
  }
}
