package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.map.Counters;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Threads read counters while another closes the object and loads the next one, which gets the same
 * file descriptors: a reader that came too late would see the next one's numbers.
 */
@KernelTest
@Timeout(60)
final class CountersAndCloseTest {
  private static final int SIZE = 256;
  private static final int READERS = 3;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(3);

  @Test
  void readersSeeTheirObjectsNumbersOrAnException() throws Exception {
    long end = System.nanoTime() + NANOS;
    int rounds = 0;
    long readings = 0;
    List<Future<Integer>> readers = new ArrayList<>();
    try (ExecutorService pool = Executors.newCachedThreadPool()) {
      while (System.nanoTime() < end) {
        rounds++;
        BpfObject object = TestObjects.load("xdp1_kern");
        long number = 1000L * rounds;
        fill(object.map("rxcnt"), number);
        // Those of the round before may still be about to notice.
        List<Future<Integer>> earlier = List.copyOf(readers);
        readers.clear();
        for (int i = 0; i < READERS; i++) {
          Counters counters = object.map("rxcnt").counters();
          readers.add(pool.submit(() -> readUntilClosed(counters, number)));
        }
        readings += sum(earlier);
        TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(3000));
        object.close();
      }
      readings += sum(readers);
    }
    assertTrue(rounds > 20, rounds + " rounds");
    assertTrue(readings > rounds, readings + " readings in " + rounds + " rounds");
  }

  private static int readUntilClosed(Counters counters, long number) {
    long[] sums = new long[SIZE];
    for (int readings = 0; ; readings++) {
      assertFalse(Thread.interrupted(), "nobody told the reader that its object is closed");
      try {
        counters.read(sums);
      } catch (IllegalStateException e) {
        assertEquals("object xdp1_kern is closed", e.getMessage());
        return readings;
      }
      for (int key = 0; key < SIZE; key++) {
        assertEquals((number + key) * MapEntries.CPUS, sums[key]);
      }
    }
  }

  private static void fill(BpfMap map, long number) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(map.valueBytes(), Long.BYTES);
      for (int key = 0; key < SIZE; key++) {
        for (int cpu = 0; cpu < MapEntries.CPUS; cpu++) {
          value.setAtIndex(ValueLayout.JAVA_LONG, cpu, number + key);
        }
        map.update(MapEntries.key(arena, map, key), value, Update.ANY);
      }
    }
  }

  private static long sum(List<Future<Integer>> readers) throws Exception {
    long sum = 0;
    for (Future<Integer> reader : readers) {
      sum += reader.get();
    }
    return sum;
  }
}
