package io.github.bpf4j.event;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfObject;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.testing.Allocation;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of a ring, without waiting for it. */
@KernelTest
final class RingBufferTest {
  private static final int SIZE = 65_536;
  private static final SampleHandler IGNORE = (_, _, _) -> {};

  private RingObject object;
  private RingBuffer ring;

  @BeforeEach
  void open() {
    object = RingObject.load(SIZE);
    ring = object.open();
  }

  @AfterEach
  void close() {
    ring.close();
    object.close();
  }

  /** The first words of the small records that are there. */
  private static List<Long> numbers(RingBuffer ring, int limit) {
    List<Long> numbers = new ArrayList<>();
    int handled = ring.drain((data, offset, _) -> numbers.add(data.get(JAVA_LONG, offset)), limit);
    assertEquals(numbers.size(), handled);
    return numbers;
  }

  private static List<Long> numbers(RingBuffer ring) {
    return numbers(ring, Integer.MAX_VALUE);
  }

  @Test
  void anEmptyRingHasNothing() {
    assertEquals(0, ring.drain(IGNORE));
    assertEquals(new RingFill(SIZE, 0, 0), ring.fill());
  }

  @Test
  void aSampleIsWhatTheProgramWrote() {
    object.send("small_waking", 1);
    int handled =
        ring.drain(
            (data, offset, length) -> {
              assertEquals(64, length);
              assertEquals(0, (data.address() + offset) % 8);
              for (int word = 0; word < 8; word++) {
                assertEquals(word, data.get(JAVA_LONG, offset + 8L * word));
              }
            });
    assertEquals(1, handled);
    assertEquals(0, ring.drain(IGNORE));
  }

  @Test
  void samplesComeInOrderAndOnce() {
    object.send("small_waking", 3);
    assertEquals(List.of(0L, 1L, 2L), numbers(ring));
    object.send("small_waking", 2);
    assertEquals(List.of(3L, 4L), numbers(ring));
    assertEquals(List.of(), numbers(ring));
  }

  @Test
  void aLimitLeavesTheRestForLater() {
    object.send("small_waking", 5);
    assertEquals(List.of(0L, 1L), numbers(ring, 2));
    assertEquals(2 * RingObject.SMALL_BYTES, ring.fill().consumerPosition());
    assertEquals(List.of(2L), numbers(ring, 1));
    assertEquals(List.of(3L, 4L), numbers(ring, 100));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aLimitBelowOneIsRefused(int limit) {
    assertThrows(IllegalArgumentException.class, () -> ring.drain(IGNORE, limit));
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 8192, SIZE, 1 << 20})
  void recordsOfAllSizesAreWholeWhereverTheyLie(int size) {
    try (RingObject mine = RingObject.load(size);
        RingBuffer buffer = mine.open()) {
      RecordChecker checker = new RecordChecker();
      // Many times around the ring, so that records of all sizes lie across its end.
      while (checker.bytes() < 40L * size) {
        mine.send("mixed_0", size / 1500);
        buffer.drain(checker);
      }
      RingObject.Outcome outcome = mine.outcome(0);
      checker.endAt(0, outcome.tried());
      assertEquals(outcome.submitted(), checker.received(0));
      assertTrue(outcome.discarded() > 0, outcome.toString());
      // A record of 4096 bytes and its header are more than the smallest ring.
      assertTrue(size == 4096 || outcome.dropped() == 0, outcome.toString());
    }
  }

  @Test
  void discardedRecordsAreSkippedAndCountForNothing() {
    int tried = 200;
    object.send("mixed_0", tried);
    RecordChecker checker = new RecordChecker();
    int handled = ring.drain(checker);
    RingObject.Outcome outcome = object.outcome(0);
    assertTrue(outcome.discarded() > 0, outcome.toString());
    assertEquals(outcome.submitted(), handled);
    checker.endAt(0, tried);
    assertEquals(outcome.discarded(), checker.missing(0));
    assertEquals(0, ring.fill().available());
  }

  @Test
  void aLimitCountsNoDiscardedRecords() {
    int tried = 200;
    object.send("mixed_0", tried);
    RecordChecker checker = new RecordChecker();
    while (ring.drain(checker, 1) == 1) {}
    checker.endAt(0, tried);
    assertEquals(object.outcome(0).submitted(), checker.received(0));
  }

  @Test
  void aFullRingDropsWhatComesAndKeepsWhatIsThere() {
    int fits = SIZE / RingObject.SMALL_BYTES;
    object.send("small_waking", fits + 10);
    assertEquals(10, object.outcome(0).dropped());
    assertTrue(ring.fill().ratio() > 0.99, ring.fill().toString());
    assertEquals(fits, numbers(ring).size());
    // After the ten that were lost.
    object.send("small_waking", 1);
    assertEquals(List.of(fits + 10L), numbers(ring));
  }

  @Test
  void theFillIsWhatWaits() {
    object.send("small_waking", 10);
    ring.drain(IGNORE, 4);
    RingFill fill = ring.fill();
    assertEquals(SIZE, fill.size());
    assertEquals(4 * RingObject.SMALL_BYTES, fill.consumerPosition());
    assertEquals(10 * RingObject.SMALL_BYTES, fill.producerPosition());
    assertEquals(6 * RingObject.SMALL_BYTES, fill.available());
    assertEquals(6.0 * RingObject.SMALL_BYTES / SIZE, fill.ratio());
  }

  @Test
  void whatIsLostIsCountedByTheMapOfThatName() {
    assertEquals(OptionalLong.of(0), ring.lost());
    object.send("small_waking", SIZE / RingObject.SMALL_BYTES + 10);
    assertEquals(OptionalLong.of(10), ring.lost());
    object.send("mixed_1", 5);
    object.send("mixed_0", 5);
    assertEquals(OptionalLong.of(20), ring.lost());
  }

  @Test
  void aCounterMayBeGiven() {
    try (RingBuffer mine = object.map("events").ringBuffer(() -> 4711)) {
      assertEquals(OptionalLong.of(4711), mine.lost());
    }
  }

  @Test
  @Requires(KernelFeature.LOOP_HELPER)
  void whereNobodyCountsNothingIsClaimed() {
    try (BusyObject busy = new BusyObject();
        RingBuffer mine = busy.open()) {
      assertEquals(OptionalLong.empty(), mine.lost());
    }
  }

  @Test
  void aMapThatIsNamedSoForAnotherReasonIsNoCounter() {
    try (BpfObject misnamed = TestObjects.load("misnamed");
        RingBuffer mine = misnamed.map("events").ringBuffer()) {
      assertEquals(OptionalLong.empty(), mine.lost());
    }
  }

  @Test
  void aDrainGivesRoomBackBeforeItEnds() {
    object.send("small_waking", SIZE);
    long[] most = new long[1];
    ring.drain(
        (data, offset, _) -> {
          // What was handed on, this one included, less what was given back.
          long taken = (data.get(JAVA_LONG, offset) + 1) * RingObject.SMALL_BYTES;
          most[0] = Math.max(most[0], taken - ring.fill().consumerPosition());
        });
    assertTrue(most[0] <= SIZE / 4 + RingObject.SMALL_BYTES, most[0] + " bytes");
    assertTrue(most[0] > SIZE / 8, most[0] + " bytes: once for each record is too often");
  }

  @Test
  void aDrainEndsAlthoughMoreAndMoreComes() {
    long fits = SIZE / RingObject.SMALL_BYTES;
    int handled = ring.drain((_, _, _) -> object.send("small_waking", 2));
    assertEquals(0, handled, "nothing was there");
    object.send("small_waking", 1);
    handled = ring.drain((_, _, _) -> object.send("small_waking", 2));
    assertTrue(handled >= fits / 2 && handled <= 2 * fits, handled + " of " + fits);
  }

  @Test
  void whatAHandlerThrowsReachesTheCallerAndTheSampleIsConsumed() {
    object.send("small_waking", 5);
    List<Long> seen = new ArrayList<>();
    RuntimeException thrown = new RuntimeException("third");
    SampleHandler handler =
        (data, offset, _) -> {
          seen.add(data.get(JAVA_LONG, offset));
          if (seen.size() == 3) {
            throw thrown;
          }
        };
    assertSame(thrown, assertThrows(RuntimeException.class, () -> ring.drain(handler)));
    assertEquals(List.of(0L, 1L, 2L), seen);
    assertEquals(3 * RingObject.SMALL_BYTES, ring.fill().consumerPosition());
    assertEquals(List.of(3L, 4L), numbers(ring));
  }

  @Test
  void anErrorOfAHandlerIsNoOther() {
    object.send("small_waking", 1);
    AssertionError thrown = new AssertionError();
    SampleHandler handler =
        (_, _, _) -> {
          throw thrown;
        };
    assertSame(thrown, assertThrows(AssertionError.class, () -> ring.drain(handler)));
    assertEquals(0, ring.drain(IGNORE));
  }

  @Test
  void samplesCannotBeWritten() {
    object.send("small_waking", 1);
    ring.drain(
        (data, offset, _) -> {
          assertTrue(data.isReadOnly());
          assertThrows(IllegalArgumentException.class, () -> data.set(JAVA_LONG, offset, 1));
        });
  }

  @Test
  void aSegmentThatWasKeptThrowsAfterTheClose() {
    object.send("small_waking", 1);
    MemorySegment[] kept = new MemorySegment[1];
    ring.drain((data, offset, length) -> kept[0] = data.asSlice(offset, length));
    assertEquals(0, kept[0].get(JAVA_LONG, 0));
    ring.close();
    assertThrows(IllegalStateException.class, () -> kept[0].get(JAVA_LONG, 0));
  }

  @Test
  void afterTheCloseNothingCanBeTaken() {
    assertFalse(ring.isClosed());
    ring.close();
    ring.close();
    assertTrue(ring.isClosed());
    IllegalStateException late =
        assertThrows(IllegalStateException.class, () -> ring.drain(IGNORE));
    assertEquals("ring buffer events is closed", late.getMessage());
    assertThrows(IllegalStateException.class, ring::fill);
    assertEquals("events", ring.name());
  }

  @Test
  void aHandlerMayClose() {
    object.send("small_waking", 5);
    List<Long> seen = new ArrayList<>();
    int handled =
        ring.drain(
            (data, offset, _) -> {
              ring.close();
              // Still mapped.
              seen.add(data.get(JAVA_LONG, offset));
            });
    assertEquals(1, handled);
    assertEquals(List.of(0L), seen);
    assertThrows(IllegalStateException.class, () -> ring.drain(IGNORE));
  }

  @Test
  void aHandlerMayNotTakeSamplesItself() {
    object.send("small_waking", 2);
    SampleHandler handler = (_, _, _) -> ring.drain(IGNORE);
    IllegalStateException taken =
        assertThrows(IllegalStateException.class, () -> ring.drain(handler));
    assertEquals("samples of events are being taken already", taken.getMessage());
    assertEquals(List.of(1L), numbers(ring), "the ring goes on");
  }

  @Test
  void oneThreadAtATime() throws Exception {
    object.send("small_waking", 1);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(
            () ->
                ring.drain(
                    (_, _, _) -> {
                      inside.countDown();
                      await(refused);
                    }));
    inside.await();
    assertThrows(IllegalStateException.class, () -> ring.drain(IGNORE));
    refused.countDown();
    assertEquals(1, first.get());
    assertEquals(0, ring.drain(IGNORE), "the next thread may");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRingKeepsItsMapWhenTheObjectIsClosed() {
    object.send("small_waking", 1);
    object.close();
    assertEquals(List.of(0L), numbers(ring));
  }

  @Test
  void ofAClosedObjectThereIsNoRing() {
    object.close();
    IllegalStateException closed = assertThrows(IllegalStateException.class, object::open);
    assertEquals("object ring is closed", closed.getMessage());
  }

  @Test
  void aNewRingGoesOnWhereTheOneBeforeEnded() {
    object.send("small_waking", 5);
    assertEquals(List.of(0L, 1L), numbers(ring, 2));
    ring.close();
    try (RingBuffer next = object.open()) {
      assertEquals(List.of(2L, 3L, 4L), numbers(next));
    }
  }

  @Test
  void anotherMapIsRefused() {
    BpfException refused =
        assertThrows(BpfException.class, () -> object.map("outcomes").ringBuffer());
    assertEquals(
        "cannot open a buffer on map outcomes: it is of type ARRAY, not RINGBUF",
        refused.sentence());
  }

  @Test
  void drainingAllocatesNothing() {
    SampleHandler handler = (data, offset, _) -> data.get(JAVA_LONG, offset);
    object.send("small_silent", 100);
    assertEquals(0, Allocation.bytesPerCall(1000, () -> ring.drain(handler)));
    assertEquals(0, Allocation.bytesPerCall(1000, () -> ring.drain(handler, 1)));
  }
}
