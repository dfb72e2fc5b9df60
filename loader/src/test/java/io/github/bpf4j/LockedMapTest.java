package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.map.TypedHash;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Values of two words that a program changes under a lock, one after the other. */
@KernelTest
final class LockedMapTest {
  /** {@code struct pair} without its lock. */
  private record Pair(int first, int second) {}

  private static final Codec<Pair> PAIRS =
      new Codec<>() {
        @Override
        public int size() {
          return 12;
        }

        @Override
        public Pair read(MemorySegment segment, long offset) {
          assertEquals(0, Codec.s32().read(segment, offset), "the lock is nobody's business");
          return new Pair(
              Codec.s32().read(segment, offset + 4), Codec.s32().read(segment, offset + 8));
        }

        @Override
        public void write(MemorySegment segment, long offset, Pair pair) {
          Codec.s32().write(segment, offset, 0);
          Codec.s32().write(segment, offset + 4, pair.first);
          Codec.s32().write(segment, offset + 8, pair.second);
        }
      };

  @Test
  void bothWordsAreAlwaysOfOneChange() throws InterruptedException {
    try (BpfObject object = TestObjects.load("map_types")) {
      TypedHash<Integer, Pair> pairs = object.map("pairs").locked().hash(Codec.s32(), PAIRS);
      assertTrue(pairs.update(1, new Pair(5, 5), Update.NO_EXIST));
      BpfProgram change = object.program("change_pair");
      Thread program =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 20; i++) {
                      change.run(MapRequests.of(1).repeat(100_000));
                    }
                  });
      int reads = 0;
      while (program.isAlive()) {
        Pair pair = pairs.lookup(1).orElseThrow();
        assertEquals(pair.first, pair.second);
        Pair batched = pairs.snapshot().toMap().getOrDefault(1, new Pair(0, 1));
        assertEquals(batched.first, batched.second);
        reads++;
      }
      program.join();
      assertTrue(reads > 10, reads + " reads");
      assertEquals(Optional.of(new Pair(2_000_005, 2_000_005)), pairs.lookup(1));
      assertEquals(1, pairs.updateAll(Map.of(1, new Pair(1, 1)), Update.EXIST).done());
      assertEquals(1, pairs.updateAll(Map.of(1, new Pair(2, 2)), Update.ANY).done());
      if (KernelFeature.HASH_LOOKUP_AND_DELETE.isThere()) {
        assertEquals(Optional.of(new Pair(2, 2)), pairs.lookupAndDelete(1));
      }
    }
  }

  @Test
  void aValueWithoutALockSaysSo() {
    try (BpfObject object = TestObjects.load("map_types")) {
      TypedHash<Integer, Long> hash = object.map("hash").locked().hash(Codec.s32(), Codec.u64());
      BpfException refused = assertThrows(BpfException.class, () -> hash.update(1, 1L));
      assertEquals(Errno.EINVAL, refused.errno().orElseThrow());
      assertThrows(BpfException.class, () -> hash.lookup(1));
      object.map("hash").hash(Codec.s32(), Codec.u64()).update(1, 1L);
      assertThrows(BpfException.class, hash::snapshot);
    }
  }
}
