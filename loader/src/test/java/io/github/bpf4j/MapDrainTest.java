package io.github.bpf4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.map.LongHash;
import io.github.bpf4j.map.Snapshot;
import io.github.bpf4j.map.TypedHash;
import io.github.bpf4j.map.TypedQueue;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Soak;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What several threads put in comes out once, however it is taken out meanwhile. */
@KernelTest
final class MapDrainTest {
  private static final int THREADS = 3;
  private static final int EACH = (int) Soak.times(30_000, 1_000_000);

  @Test
  void drainsLoseNothingAndRepeatNothing() throws Exception {
    MapSpec spec = MapSpec.of(BpfMapType.HASH, 4, 8, THREADS * EACH);
    try (OwnedBpfMap map = BpfMap.create(spec);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      LongHash in = map.longHash();
      TypedHash<Integer, Long> out = map.hash(Codec.s32(), Codec.u64());
      List<Future<?>> writers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread * EACH;
        writers.add(
            threads.submit(
                () -> {
                  for (int key = first; key < first + EACH; key++) {
                    assertTrue(in.update(key, key * 7L, Update.NO_EXIST));
                  }
                }));
      }
      BitSet taken = new BitSet();
      while (writers.stream().anyMatch(writer -> !writer.isDone())) {
        take(out.drain(), taken);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      take(out.drain(), taken);
      assertEquals(THREADS * EACH, taken.cardinality());
      assertEquals(0, out.drain().size());
    }
  }

  private static void take(Snapshot<Integer, Long> drained, BitSet taken) {
    assertTrue(drained.isComplete());
    for (Map.Entry<Integer, Long> entry : drained) {
      assertEquals(entry.getKey() * 7L, entry.getValue());
      assertTrue(!taken.get(entry.getKey()), "twice: " + entry.getKey());
      taken.set(entry.getKey());
    }
  }

  @Test
  void manyThreadsShareAView() throws Exception {
    MapSpec spec = MapSpec.of(BpfMapType.HASH, 4, 8, 1000);
    try (OwnedBpfMap map = BpfMap.create(spec);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TypedHash<Integer, Long> view = map.hash(Codec.s32(), Codec.u64());
      List<Future<?>> users = new ArrayList<>();
      for (int user = 0; user < 200; user++) {
        int key = user;
        users.add(
            threads.submit(
                () -> {
                  for (long i = 0; i < 200; i++) {
                    view.update(key, ((long) key << 32) | i);
                    assertEquals(((long) key << 32) | i, view.lookup(key).orElseThrow());
                  }
                }));
      }
      for (Future<?> user : users) {
        user.get();
      }
      assertEquals(200, view.snapshot().size());
    }
  }

  @Test
  void aQueueGivesEachValueToOneThread() throws Exception {
    MapSpec spec = MapSpec.of(BpfMapType.QUEUE, 0, 8, THREADS * EACH);
    try (OwnedBpfMap map = BpfMap.create(spec);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      TypedQueue<Long> queue = map.queue(Codec.u64());
      for (long value = 0; value < EACH; value++) {
        queue.push(value);
      }
      List<Future<List<Long>>> takers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        takers.add(threads.submit(queue::drain));
      }
      BitSet taken = new BitSet();
      for (Future<List<Long>> taker : takers) {
        long before = -1;
        for (long value : taker.get()) {
          assertTrue(value > before, "in order");
          before = value;
          assertTrue(!taken.get((int) value), "twice: " + value);
          taken.set((int) value);
        }
      }
      assertEquals(EACH, taken.cardinality());
    }
  }
}
