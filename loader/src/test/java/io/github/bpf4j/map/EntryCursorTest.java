package io.github.bpf4j.map;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.uapi.BpfMapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways through a map, on one that does what a kernel does rarely. */
final class EntryCursorTest {
  private static final int SIZE = 100;
  private static final int EINTR = 4;

  @ParameterizedTest
  @EnumSource(
      value = BpfMapType.class,
      names = {"HASH", "ARRAY", "LPM_TRIE", "DEVMAP_HASH", "DEVMAP", "UNKNOWN", "SOCKHASH"})
  void eachEntryIsMetOnceWithItsValue(BpfMapType type) {
    FakeMap map = filled(type, SIZE);
    EntryCursor cursor = EntryCursor.reading(map);
    for (int round = 0; round < 3; round++) {
      assertFalse(cursor.isComplete(), "before the first entry");
      assertEquals(IntStream.range(0, SIZE).boxed().toList(), rest(cursor));
      assertTrue(cursor.isComplete());
      assertFalse(cursor.next(), "it stays at the end");
      cursor.rewind();
    }
  }

  @ParameterizedTest
  @CsvSource({"HASH, 1", "ARRAY, 1", "LPM_TRIE, 1", "DEVMAP, 100", "DEVMAP_HASH, 201"})
  void itTakesAsFewSystemCallsAsTheTypeAllows(BpfMapType type, int calls) {
    FakeMap map = filled(type, SIZE);
    rest(EntryCursor.reading(map));
    assertEquals(calls, map.calls);
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EINVAL, Errno.ENOTSUPP, Errno.EOPNOTSUPP})
  void aKernelWithoutBatchesIsAskedOnce(int errno) {
    FakeMap map = filled(BpfMapType.HASH, SIZE);
    map.batchErrno = errno;
    EntryCursor cursor = EntryCursor.reading(map);
    assertEquals(SIZE, rest(cursor).size());
    assertTrue(cursor.isComplete());
    assertEquals(1 + 2 * SIZE + 1, map.calls);
    cursor.rewind();
    assertEquals(SIZE, rest(cursor).size());
    assertEquals(1 + 2 * (2 * SIZE + 1), map.calls);
  }

  @Test
  void aKernelWithoutBatchesForArraysIsReadBySlot() {
    FakeMap map = filled(BpfMapType.PERCPU_ARRAY, SIZE);
    map.batchErrno = Errno.ENOTSUPP;
    assertEquals(SIZE, rest(EntryCursor.reading(map)).size());
    assertEquals(1 + SIZE, map.calls);
  }

  @Test
  void roomGrowsUntilTheLargestBucketFits() {
    FakeMap map = new FakeMap(BpfMapType.HASH, 4, 32 << 10, SIZE);
    fill(map, SIZE);
    map.bucket = 37; // 37 values of 32 KiB: far beyond the first chunk
    EntryCursor cursor = EntryCursor.reading(map);
    assertEquals(SIZE, new HashSet<>(rest(cursor)).size());
    assertTrue(cursor.isComplete());
  }

  @Test
  void slotsThatAreEmptyAreLeftOut() {
    FakeMap map = new FakeMap(BpfMapType.DEVMAP, 4, 4, 10);
    map.put(nativeKey(3), number(3));
    map.put(nativeKey(7), number(7));
    EntryCursor cursor = EntryCursor.reading(map);
    assertEquals(List.of(3, 7), rest(cursor));
    assertTrue(cursor.isComplete());
  }

  @ParameterizedTest
  @EnumSource(
      value = BpfMapType.class,
      names = {"SOCKHASH", "HASH"})
  void aWalkThatIsSentBackRepeatsNothingAndEnds(BpfMapType type) {
    FakeMap map = filled(type, SIZE);
    map.batchErrno = Errno.EINVAL;
    // Whenever the walk stands on a key that is a multiple of 10, somebody removes it.
    EntryCursor cursor = EntryCursor.reading(map);
    List<Integer> met = new ArrayList<>();
    while (cursor.next()) {
      int key = key(cursor);
      met.add(key);
      if (key % 10 == 0) {
        map.entries.remove(FakeMap.HEX.formatHex(number(key)));
      }
    }
    assertEquals(met.size(), new HashSet<>(met).size(), "no key twice");
    List<Integer> stayed = new ArrayList<>(IntStream.range(0, SIZE).boxed().toList());
    stayed.removeIf(key -> key % 10 == 0);
    assertTrue(met.containsAll(stayed));
    assertTrue(cursor.isComplete());
  }

  @ParameterizedTest
  @EnumSource(
      value = BpfMapType.class,
      names = {"SOCKHASH", "LPM_TRIE"})
  void aWalkThatNeverGetsFurtherGivesUpAndSaysSo(BpfMapType type) {
    FakeMap map = filled(type, SIZE);
    map.batchErrno = Errno.EINVAL;
    // Whatever key the walk stands on is gone when it asks for the next.
    int[] next = {SIZE};
    map.others =
        () -> {
          map.entries.clear();
          for (int i = 0; i < SIZE; i++) {
            map.put(number(next[0]), number(next[0]));
            next[0]++;
          }
        };
    EntryCursor cursor = EntryCursor.reading(map);
    List<Integer> met = rest(cursor);
    assertEquals(met.size(), new HashSet<>(met).size());
    assertFalse(cursor.isComplete());
  }

  @Test
  void anInterruptedBatchGoesOnAndOneThatIsAlwaysInterruptedFails() {
    FakeMap map = filled(BpfMapType.LPM_TRIE, SIZE);
    map.batchErrno = EINTR;
    int[] interruptions = {0};
    map.others =
        () -> {
          if (++interruptions[0] == 10) {
            map.batchErrno = 0;
          }
        };
    assertThrows(BpfException.class, () -> rest(EntryCursor.reading(always(EINTR))));
    EntryCursor cursor = EntryCursor.reading(map);
    assertEquals(SIZE, rest(cursor).size());
    assertTrue(cursor.isComplete());
  }

  private static FakeMap always(int errno) {
    FakeMap map = filled(BpfMapType.LPM_TRIE, 1);
    map.batchErrno = errno;
    map.others = () -> {};
    return map;
  }

  @Test
  void whatTheKernelRefusesIsAnException() {
    FakeMap map = filled(BpfMapType.HASH, 1);
    map.batchErrno = Errno.EPERM;
    BpfException refused = assertThrows(BpfException.class, () -> EntryCursor.reading(map).next());
    assertEquals("read entries of", refused.operation());
    BpfException drain = assertThrows(BpfException.class, () -> EntryCursor.draining(map).next());
    assertEquals("take entries from", drain.operation());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void drainingTakesEverythingOnce(boolean batches) {
    FakeMap map = filled(BpfMapType.HASH, SIZE);
    map.batchErrno = batches ? 0 : Errno.EINVAL;
    EntryCursor cursor = EntryCursor.draining(map);
    assertEquals(IntStream.range(0, SIZE).boxed().toList(), rest(cursor));
    assertTrue(cursor.isComplete());
    assertEquals(0, map.entries.size());
    cursor.rewind();
    assertFalse(cursor.next());
    assertTrue(cursor.isComplete());
  }

  @Test
  void aDrainThatIsFilledAsFastGivesUpAndSaysSo() {
    FakeMap map = filled(BpfMapType.HASH, SIZE);
    map.batchErrno = Errno.EINVAL;
    int[] next = {SIZE};
    map.others =
        () -> {
          map.put(number(next[0]), number(next[0]));
          next[0]++;
        };
    EntryCursor cursor = EntryCursor.draining(map);
    assertTrue(rest(cursor).size() >= SIZE);
    assertFalse(cursor.isComplete());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 16})
  void keysOfAllSizesAreToldApart(int keySize) {
    FakeMap map = new FakeMap(BpfMapType.SOCKHASH, keySize, 4, 256);
    for (int i = 0; i < 256; i++) {
      byte[] key = new byte[keySize];
      key[keySize - 1] = (byte) i;
      map.put(key, number(i));
    }
    EntryCursor cursor = EntryCursor.reading(map);
    int entries = 0;
    while (cursor.next()) {
      entries++;
    }
    assertEquals(256, entries);
  }

  @Test
  void anEmptyMapIsCompleteAtOnce() {
    for (BpfMapType type : List.of(BpfMapType.HASH, BpfMapType.SOCKHASH, BpfMapType.DEVMAP)) {
      EntryCursor cursor = EntryCursor.reading(new FakeMap(type, 4, 4, 10));
      assertFalse(cursor.next());
      assertTrue(cursor.isComplete());
    }
  }

  private static FakeMap filled(BpfMapType type, int size) {
    FakeMap map = new FakeMap(type, 4, 4, size);
    fill(map, size);
    return map;
  }

  private static void fill(FakeMap map, int size) {
    for (int i = 0; i < size; i++) {
      byte[] value = new byte[map.valueSize()];
      System.arraycopy(number(i), 0, value, 0, 4);
      map.put(map.type().isIndexed() ? nativeKey(i) : number(i), value);
    }
  }

  /** In an order that is the numbers' own. */
  private static byte[] number(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static byte[] nativeKey(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(number).array();
  }

  private static int key(EntryCursor cursor) {
    return Integer.reverseBytes(cursor.values().get(JAVA_INT_UNALIGNED, cursor.valueOffset()));
  }

  /** The values of all entries to come, sorted; each says what its key is. */
  private static List<Integer> rest(EntryCursor cursor) {
    List<Integer> found = new ArrayList<>();
    while (cursor.next()) {
      byte[] key = new byte[4];
      for (int i = 0; i < 4; i++) {
        key[i] = cursor.keys().get(JAVA_BYTE, cursor.keyOffset() + i);
      }
      int value = key(cursor);
      assertTrue(Arrays.equals(key, number(value)) || Arrays.equals(key, nativeKey(value)));
      found.add(value);
    }
    found.sort(null);
    return found;
  }
}
