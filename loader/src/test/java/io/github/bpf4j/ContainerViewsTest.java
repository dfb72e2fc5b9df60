package io.github.bpf4j;

import static io.github.bpf4j.MapRequests.NOTHING;
import static io.github.bpf4j.MapRequests.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.codec.LpmKey;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.map.BatchResult;
import io.github.bpf4j.map.BloomFilter;
import io.github.bpf4j.map.LongMap;
import io.github.bpf4j.map.LpmTrie;
import io.github.bpf4j.map.TypedArray;
import io.github.bpf4j.map.TypedQueue;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.MapDump;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arrays, tries, queues, stacks and filters as Java sees them, against BPF programs. */
@KernelTest
final class ContainerViewsTest {
  private static final int SIZE = 8;

  private BpfObject object;

  @BeforeEach
  void load() {
    object = TestObjects.load("map_types");
  }

  @AfterEach
  void close() {
    object.close();
  }

  @Test
  void anArrayHasAllItsEntriesAndNoOther() {
    TypedArray<Long> array = object.map("array").array(Codec.u64());
    assertEquals(SIZE, array.size());
    assertEquals(0, array.get(7));
    run(object, "put", 7, 700);
    assertEquals(700, array.get(7));
    array.set(6, 600L);
    assertEquals(600, run(object, "get_array", 6));
    assertEquals(Optional.empty(), array.lookup(SIZE));
    assertFalse(array.update(0, 1L, Update.NO_EXIST));
    assertTrue(array.update(0, 1L, Update.EXIST));
    for (int outside : new int[] {-1, SIZE}) {
      IndexOutOfBoundsException none =
          assertThrows(IndexOutOfBoundsException.class, () -> array.get(outside));
      assertEquals("map array has the slots from 0 to 7, and no " + outside, none.getMessage());
      assertThrows(IndexOutOfBoundsException.class, () -> array.set(outside, 1L));
    }
    Map<Integer, Long> all = array.snapshot().toMap();
    assertEquals(SIZE, all.size());
    assertEquals(600, all.get(6));
    BatchResult<Integer> batch =
        array.updateAll(new TreeMap<>(Map.of(1, 10L, 2, 20L, 99, 0L)), Update.ANY);
    assertEquals(2, batch.done());
    assertEquals(
        "2 entries, then 99: cannot update map array: there is no such slot: it has those from 0"
            + " to 7 (E2BIG)",
        batch.toString());
    assertEquals(20, array.get(2));
    LongMap numbers = object.map("array").longs();
    assertEquals(20, numbers.lookup(2, -1));
    assertEquals(-1, numbers.lookup(99, -1));
    Map<Long, Long> found = new HashMap<>();
    assertTrue(numbers.forEach(found::put));
    assertEquals(SIZE, found.size());
    assertThrows(BpfException.class, object.map("array")::longHash);
  }

  @Test
  void aTrieFindsTheLongestPrefix() throws UnknownHostException {
    LpmTrie<LpmKey<Inet4Address>, Long> trie =
        object.map("lpm_trie").lpmTrie(Codec.lpm(Codec.ipv4()), Codec.u64());
    trie.update(prefix(8, "10.0.0.0"), 8L);
    trie.update(prefix(16, "10.1.0.0"), 16L);
    trie.update(prefix(32, "10.1.2.3"), 32L);
    assertEquals(Optional.of(32L), trie.lookup(prefix(32, "10.1.2.3")));
    assertEquals(Optional.of(16L), trie.lookup(prefix(32, "10.1.9.9")));
    assertEquals(Optional.of(8L), trie.lookup(prefix(32, "10.200.0.1")));
    assertEquals(Optional.empty(), trie.lookup(prefix(32, "11.0.0.1")));
    assertEquals(16, run(object, "get_lpm_trie", address("10.1.7.7")));
    assertEquals(NOTHING, run(object, "get_lpm_trie", address("11.0.0.1")));
    run(object, "put", address("11.0.0.1"), 64);
    assertEquals(Optional.of(64L), trie.lookup(prefix(32, "11.0.0.1")));
    assertEquals(4, trie.snapshot().size());
    assertTrue(trie.snapshot().isComplete());
    assertEquals(
        MapDump.of(object.map("lpm_trie").info().id()).size(), trie.snapshot().toMap().size());
    assertFalse(trie.delete(prefix(24, "10.1.2.0")), "only exactly this one");
    assertTrue(trie.delete(prefix(16, "10.1.0.0")));
    assertEquals(8, run(object, "get_lpm_trie", address("10.1.7.7")));
    if (trie.update(prefix(8, "10.9.9.9"), 9L, Update.NO_EXIST)) {
      assertFalse(KernelFeature.LPM_TRIE_UPDATE_FLAGS.isThere(), "other bits do not count");
    }
    assertEquals(
        2,
        trie.deleteAll(
            List.of(prefix(8, "10.0.0.0"), prefix(9, "1.0.0.0"), prefix(32, "10.1.2.3"))));
    for (int i = 0; i < SIZE - 1; i++) {
      trie.update(prefix(32, "1.1.1." + i), 0L);
    }
    BpfException full =
        assertThrows(BpfException.class, () -> trie.update(prefix(32, "1.1.1.99"), 0L));
    assertEquals(Errno.ENOSPC, full.errno().orElseThrow());
    assertTrue(full.sentence().contains("it is full: it holds 8 entries"), full.sentence());
  }

  @Test
  void aQueueGivesTheFirstAndAStackTheLast() {
    TypedQueue<Long> queue = object.map("queue").queue(Codec.u64());
    TypedQueue<Long> stack = object.map("stack").queue(Codec.u64());
    for (TypedQueue<Long> each : List.of(queue, stack)) {
      assertEquals(Optional.empty(), each.peek());
      assertEquals(Optional.empty(), each.pop());
    }
    for (int i = 1; i <= 3; i++) {
      run(object, "put", 0, i);
    }
    assertEquals(Optional.of(1L), queue.peek());
    assertEquals(Optional.of(1L), queue.pop());
    assertEquals(Optional.of(3L), stack.peek());
    assertEquals(Optional.of(3L), stack.pop());
    queue.push(4L);
    stack.push(4L);
    assertEquals(2, run(object, "pop_queue", 0));
    assertEquals(4, run(object, "pop_stack", 0));
    assertEquals(List.of(3L, 4L), queue.drain());
    assertEquals(List.of(2L, 1L), stack.drain());
    assertEquals(NOTHING, run(object, "pop_queue", 0));
  }

  @Test
  void aFullQueueRefusesOrDropsTheOldest() {
    TypedQueue<Long> queue = object.map("queue").queue(Codec.u64());
    for (long i = 0; i < SIZE; i++) {
      queue.push(i);
    }
    BpfException full = assertThrows(BpfException.class, () -> queue.push(99L));
    assertEquals(Errno.E2BIG, full.errno().orElseThrow());
    assertTrue(full.sentence().contains("it is full"), full.sentence());
    queue.pushOver(99L);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 99L), queue.drain());
  }

  @Test
  @Requires(KernelFeature.BLOOM_FILTER)
  void aFilterNeverForgets() {
    try (BpfObject filters = TestObjects.load("bloom_filter")) {
      BloomFilter<Long> filter = filters.map("bloom_filter").bloomFilter(Codec.u64());
      assertEquals(3, filters.map("bloom_filter").info().extra());
      run(filters, "put", 0, 5);
      assertTrue(filter.mightContain(5L));
      for (long i = 100; i < 600; i++) {
        filter.add(i);
      }
      int wrong = 0;
      for (long i = 100; i < 600; i++) {
        assertTrue(filter.mightContain(i));
        wrong += filter.mightContain(i + 1000) ? 1 : 0;
      }
      assertEquals(1, run(filters, "in_bloom_filter", 0, 100));
      assertTrue(wrong < 250, wrong + " of 500 that were never added");
    }
  }

  @Test
  void viewsOfOtherTypesAndSizesAreRefused() {
    BpfMap queue = object.map("queue");
    assertThrows(BpfException.class, () -> queue.queue(Codec.u32()));
    assertThrows(BpfException.class, () -> queue.bloomFilter(Codec.u64()));
    assertThrows(BpfException.class, () -> queue.typed(Codec.u32(), Codec.u64()));
    assertThrows(BpfException.class, () -> object.map("hash").queue(Codec.u64()));
    assertThrows(BpfException.class, () -> object.map("hash").lpmTrie(Codec.u32(), Codec.u64()));
  }

  private static LpmKey<Inet4Address> prefix(int length, String address)
      throws UnknownHostException {
    return new LpmKey<>(length, (Inet4Address) InetAddress.getByName(address));
  }

  /** The bytes of an address, as a number of this machine. */
  private static int address(String text) throws UnknownHostException {
    byte[] bytes = InetAddress.getByName(text).getAddress();
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt();
  }
}
