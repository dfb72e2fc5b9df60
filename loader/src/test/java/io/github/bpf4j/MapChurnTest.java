package io.github.bpf4j;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.map.EntryCursor;
import io.github.bpf4j.map.LongHash;
import io.github.bpf4j.map.LpmTrie;
import io.github.bpf4j.map.RawMap;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Soak;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whole maps are read while four threads and a BPF program change them: 3 seconds each, 60 with
 * {@code ./bpf4j soak}.
 *
 * <pre>
 *   keys    0 … 4999       5000 … 9999         10000 … 99999
 *           never touched  written over        made and removed at random
 *           └── a complete reading has them ──┘
 * </pre>
 */
@KernelTest
@Tag(Soak.TAG)
final class MapChurnTest {
  private static final int SIZE = 100_000;
  private static final int OWN = 10_000;
  private static final int QUIET = OWN / 2;
  private static final int THREADS = 4;
  private static final int BURST = 20_000;
  private static final Duration TIME = Duration.ofSeconds(Soak.times(3, 60));

  private final AtomicBoolean stop = new AtomicBoolean();
  private BpfObject object;

  @BeforeEach
  void load() {
    object = TestObjects.load("churn");
  }

  @AfterEach
  void close() {
    object.close();
  }

  @Test
  void aHashReadInBatchesIsAlwaysComplete() throws Exception {
    LongHash hash = filledHash();
    int readings =
        readWhile(
            EntryCursor.reading(object.map("hash")),
            cursor -> cursor.keys().get(JAVA_INT_UNALIGNED, cursor.keyOffset()),
            new Claims(true, OWN, 0),
            churn("churn_hash", hash));
    assertTrue(readings > 0);
  }

  @Test
  void aHashWalkedKeyByKeyRepeatsNothingAndEnds() throws Exception {
    LongHash hash = filledHash();
    RawMap walked = new WithoutBatches(object.map("hash"));
    int readings =
        readWhile(
            EntryCursor.reading(walked),
            cursor -> cursor.keys().get(JAVA_INT_UNALIGNED, cursor.keyOffset()),
            new Claims(false, QUIET, QUIET),
            churn("churn_hash", hash));
    assertTrue(readings > 0);
  }

  @Test
  void aTrieRepeatsNothingAndEnds() throws Exception {
    LpmTrie<Long, Long> trie = object.map("trie").lpmTrie(new FullPrefix(), Codec.u64());
    for (long key = 0; key < OWN; key++) {
      trie.update(key, key << 32);
    }
    List<Runnable> churn = new ArrayList<>();
    churn.add(program("churn_trie"));
    for (int thread = 0; thread < THREADS; thread++) {
      SplittableRandom random = new SplittableRandom(thread);
      churn.add(
          () -> {
            long key = random.nextInt(QUIET, SIZE);
            if (key < OWN || random.nextBoolean()) {
              trie.update(key, (key << 32) | 2);
            } else {
              trie.delete(key);
            }
          });
    }
    int readings =
        readWhile(
            EntryCursor.reading(object.map("trie")),
            cursor ->
                Integer.reverseBytes(cursor.keys().get(JAVA_INT_UNALIGNED, cursor.keyOffset() + 4)),
            new Claims(false, OWN, 0),
            churn);
    assertTrue(readings > 0);
  }

  private LongHash filledHash() {
    LongHash hash = object.map("hash").longHash();
    for (long key = 0; key < OWN; key++) {
      hash.update(key, key << 32);
    }
    return hash;
  }

  private List<Runnable> churn(String program, LongHash hash) {
    List<Runnable> churn = new ArrayList<>();
    churn.add(program(program));
    for (int thread = 0; thread < THREADS; thread++) {
      SplittableRandom random = new SplittableRandom(thread);
      churn.add(
          () -> {
            long key = random.nextInt(QUIET, SIZE);
            if (key < OWN || random.nextBoolean()) {
              hash.update(key, (key << 32) | 2);
            } else {
              hash.delete(key);
            }
          });
    }
    return churn;
  }

  private Runnable program(String name) {
    BpfProgram program = object.program(name);
    RunInput burst = MapRequests.of(0).repeat(BURST);
    return () -> program.run(burst);
  }

  /** Reads as long as the time is, and checks what each reading claims; how many there were. */
  private int readWhile(EntryCursor cursor, KeyOf keyOf, Claims claims, List<Runnable> churn)
      throws InterruptedException, ExecutionException {
    int readings = 0;
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      List<Future<?>> changes = new ArrayList<>();
      for (Runnable change : churn) {
        changes.add(
            threads.submit(
                () -> {
                  while (!stop.get()) {
                    change.run();
                  }
                }));
      }
      try {
        long end = System.nanoTime() + TIME.toNanos();
        do {
          check(cursor, keyOf, claims);
          cursor.rewind();
          readings++;
        } while (System.nanoTime() < end);
      } finally {
        stop.set(true);
      }
      for (Future<?> change : changes) {
        change.get();
      }
    }
    return readings;
  }

  private static void check(EntryCursor cursor, KeyOf keyOf, Claims claims) {
    BitSet met = new BitSet(SIZE);
    while (cursor.next()) {
      int key = keyOf.read(cursor);
      assertTrue(key >= 0 && key < SIZE, "nobody made the key " + key);
      assertFalse(met.get(key), "twice: " + key);
      met.set(key);
      long value = cursor.values().get(JAVA_LONG_UNALIGNED, cursor.valueOffset());
      if (key < claims.mixedFrom || claims.mixedFrom == 0) {
        assertEquals(key, value >>> 32, "the value of another key");
      } else {
        assertTrue(value >>> 32 < SIZE && (int) value <= 2, "nobody wrote the value " + value);
      }
    }
    if (claims.alwaysComplete) {
      assertTrue(cursor.isComplete());
    }
    if (cursor.isComplete()) {
      int missing = met.nextClearBit(0);
      assertTrue(missing >= claims.stay, "never removed, and missing: " + missing);
    }
  }

  /**
   * What a reading claims.
   *
   * @param stay from this key on, entries may be missing
   * @param mixedFrom from this key on, a value may be that of another key: the kernel takes the
   *     memory of a replaced entry for the next one at once, and a lookup by key holds no lock. 0:
   *     each value is its key's
   */
  private record Claims(boolean alwaysComplete, int stay, int mixedFrom) {}

  private interface KeyOf {
    int read(EntryCursor cursor);
  }

  /** {@code struct bpf_lpm_trie_key} of all 32 bits of a number. */
  private static final class FullPrefix implements Codec<Long> {
    @Override
    public int size() {
      return 8;
    }

    @Override
    public Long read(MemorySegment segment, long offset) {
      return Codec.u32(ByteOrder.BIG_ENDIAN).read(segment, offset + 4);
    }

    @Override
    public void write(MemorySegment segment, long offset, Long number) {
      Codec.s32().write(segment, offset, Integer.SIZE);
      Codec.u32(ByteOrder.BIG_ENDIAN).write(segment, offset + 4, number);
    }
  }
}
