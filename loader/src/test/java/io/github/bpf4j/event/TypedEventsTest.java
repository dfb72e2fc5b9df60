package io.github.bpf4j.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.event.RingObject.Small;
import io.github.bpf4j.testing.KernelTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Samples as values: pushed, pulled one by one, streamed. */
@KernelTest
@Timeout(60)
final class TypedEventsTest {
  private static final Duration LONG = Duration.ofSeconds(1000);

  private RingObject object;
  private RingBuffer ring;
  private TypedEvents<Long> numbers;

  @BeforeEach
  void open() {
    object = RingObject.load(65_536);
    ring = object.open();
    numbers = ring.typed(Codec.u64());
  }

  @AfterEach
  void close() {
    ring.close();
    object.close();
  }

  private long waiting() {
    return ring.fill().available() / RingObject.SMALL_BYTES;
  }

  private static List<Long> upTo(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  @Test
  void aRecordIsBoundByTheTypesOfTheObject() {
    object.send("small_waking", 3);
    List<Small> records = new ArrayList<>();
    assertEquals(3, ring.typed(object.smallRecords()).drain(records::add));
    assertEquals(List.of(Small.of(0), Small.of(1), Small.of(2)), records);
  }

  @Test
  void valuesMayBeKept() {
    object.send("small_waking", 1);
    List<Small> records = new ArrayList<>();
    ring.typed(object.smallRecords()).drain(records::add);
    ring.close();
    assertEquals(List.of(Small.of(0)), records);
  }

  @Test
  void limitsAndTimeoutsAreThoseOfTheSource() {
    List<Long> seen = new ArrayList<>();
    object.send("small_waking", 5);
    assertEquals(2, numbers.drain(seen::add, 2));
    assertEquals(1, numbers.poll(LONG, seen::add, 1));
    assertEquals(2, numbers.poll(LONG, seen::add));
    assertEquals(0, numbers.poll(Duration.ofMillis(1), seen::add));
    assertEquals(upTo(5), seen);
  }

  @Test
  void aSampleThatIsTooShortSaysSo() {
    TypedEvents<Small> records = ring.typed(object.smallRecords());
    int number = 1;
    while (RecordChecker.sizeOf(number) >= 64 || RecordChecker.isDiscarded(number)) {
      number++;
    }
    object.send("mixed_0", number);
    ring.drain((_, _, _) -> {});
    object.send("mixed_0", 1);
    BpfException tooShort = assertThrows(BpfException.class, () -> records.drain(_ -> {}));
    assertEquals(
        "cannot read a sample of events: it has "
            + RecordChecker.sizeOf(number)
            + " bytes, and its type has 64",
        tooShort.sentence());
    assertEquals(0, records.drain(_ -> {}), "it is consumed");
  }

  @Test
  void whatAConsumerThrowsReachesTheCaller() {
    RuntimeException thrown = new RuntimeException();
    object.send("small_waking", 2);
    assertSame(
        thrown,
        assertThrows(
            RuntimeException.class,
            () ->
                numbers.drain(
                    _ -> {
                      throw thrown;
                    })));
    assertEquals(1, waiting());
  }

  @Test
  void nextTakesOneOrNone() throws Exception {
    assertEquals(Optional.empty(), numbers.next(Duration.ofMillis(1)));
    object.send("small_waking", 2);
    assertEquals(Optional.of(0L), numbers.next(LONG));
    assertEquals(1, waiting());
    assertEquals(Optional.of(1L), numbers.next(Duration.ZERO));
    CompletableFuture<Optional<Long>> next =
        Tasks.start(Thread.ofVirtual(), () -> numbers.next(LONG));
    Tasks.pause(20);
    object.send("small_waking", 1);
    assertEquals(Optional.of(2L), Tasks.get(next));
  }

  @Test
  void anIteratorTakesOneAheadAndNoMore() {
    object.send("small_waking", 5);
    Iterator<Long> iterator = numbers.iterator();
    assertEquals(5, waiting());
    assertTrue(iterator.hasNext());
    assertTrue(iterator.hasNext());
    assertEquals(4, waiting());
    assertEquals(0, iterator.next());
    assertEquals(4, waiting());
    assertEquals(1, iterator.next());
  }

  @Test
  void aLoopEndsWithTheSource() throws Exception {
    List<Long> seen = new CopyOnWriteArrayList<>();
    CompletableFuture<Boolean> loop =
        Tasks.start(
            Thread.ofPlatform(),
            () -> {
              for (long number : numbers) {
                seen.add(number);
              }
              return true;
            });
    object.send("small_waking", 10);
    while (seen.size() < 10) {
      Thread.onSpinWait();
    }
    assertFalse(loop.isDone());
    ring.close();
    assertTrue(Tasks.get(loop));
    assertEquals(upTo(10), seen);
    assertFalse(numbers.iterator().hasNext());
  }

  @Test
  void anInterruptEndsALoop() throws Exception {
    CompletableFuture<Boolean> loop =
        Tasks.start(
            Thread.ofPlatform(),
            () -> {
              Thread.currentThread().interrupt();
              assertFalse(numbers.iterator().hasNext());
              return Thread.interrupted();
            });
    assertTrue(Tasks.get(loop));
  }

  @Test
  void aStreamTakesWhatItNeedsAndNoMore() {
    object.send("small_waking", 100);
    assertEquals(upTo(10), numbers.stream().limit(10).toList());
    assertEquals(90, waiting());
    assertEquals(
        List.of(10L, 12L, 14L),
        numbers.stream().filter(number -> number % 2 == 0).limit(3).toList());
    assertEquals(85, waiting());
    assertEquals(15, numbers.stream().findFirst().orElseThrow());
    assertEquals(84, waiting());
  }

  @Test
  void aStreamWaitsAndEndsWithTheSource() throws Exception {
    CompletableFuture<List<Long>> all =
        Tasks.start(Thread.ofPlatform(), () -> numbers.stream().peek(_ -> ring.close()).toList());
    Tasks.pause(20);
    object.send("small_waking", 1);
    assertEquals(List.of(0L), Tasks.get(all));
  }

  @Test
  void forEachIsThatOfTheSource() throws Exception {
    List<Long> seen = new CopyOnWriteArrayList<>();
    CompletableFuture<Boolean> loop =
        Tasks.start(
            Thread.ofVirtual(),
            () -> {
              numbers.forEach(seen::add);
              return true;
            });
    object.send("small_waking", 1);
    while (seen.isEmpty()) {
      Thread.onSpinWait();
    }
    ring.close();
    assertTrue(Tasks.get(loop));
  }
}
