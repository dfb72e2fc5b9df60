package io.github.bpf4j.event;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.testing.Allocation;
import io.github.bpf4j.testing.KernelTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting for samples. */
@KernelTest
@Timeout(60)
final class RingPollTest {
  /** Longer than any test lasts. */
  private static final Duration LONG = Duration.ofSeconds(1000);

  private static final Duration SHORT = Duration.ofMillis(30);

  private final List<Long> seen = new CopyOnWriteArrayList<>();
  private final SampleHandler remember = (data, offset, _) -> seen.add(data.get(JAVA_LONG, offset));
  private RingObject object;
  private RingBuffer ring;

  enum Kind {
    PLATFORM,
    VIRTUAL;

    Thread.Builder builder() {
      return this == PLATFORM ? Thread.ofPlatform() : Thread.ofVirtual();
    }
  }

  @BeforeEach
  void open() {
    object = RingObject.load(65_536);
    ring = object.open();
  }

  @AfterEach
  void close() {
    ring.close();
    object.close();
  }

  /** Starts something that waits for a sample, and lets it come to its wait. */
  private CompletableFuture<Integer> waiting(Kind kind, Duration timeout, SampleHandler handler) {
    CompletableFuture<Integer> poll =
        Tasks.start(kind.builder(), () -> ring.poll(timeout, handler));
    Tasks.pause(20);
    assertFalse(poll.isDone());
    return poll;
  }

  @Test
  void whatIsThereComesWithoutWaiting() {
    object.send("small_waking", 3);
    assertEquals(3, ring.poll(LONG, remember));
    assertEquals(List.of(0L, 1L, 2L), seen);
  }

  @Test
  void withoutTimeNothingIsWaitedFor() {
    assertEquals(0, ring.poll(Duration.ZERO, remember));
    object.send("small_waking", 1);
    assertEquals(1, ring.poll(Duration.ZERO, remember));
  }

  @Test
  void aTimeoutIsKept() {
    long start = System.nanoTime();
    assertEquals(0, ring.poll(SHORT, remember));
    assertTrue(System.nanoTime() - start >= SHORT.toNanos());
    assertEquals(0, ring.poll(Duration.ofNanos(1), remember));
    assertEquals(0, ring.poll(Duration.ofSeconds(-1), remember));
  }

  @ParameterizedTest
  @EnumSource
  void aSampleEndsTheWait(Kind kind) throws Exception {
    for (int round = 0; round < 20; round++) {
      CompletableFuture<Integer> poll = waiting(kind, LONG, remember);
      object.send("small_waking", 1);
      assertEquals(1, Tasks.get(poll));
      assertEquals(round + 1, seen.size());
    }
  }

  @Test
  void theLongestTimeoutOfAllIsOne() throws Exception {
    CompletableFuture<Integer> poll =
        waiting(Kind.PLATFORM, Duration.ofSeconds(Long.MAX_VALUE), remember);
    object.send("small_waking", 1);
    assertEquals(1, Tasks.get(poll));
  }

  @Test
  void aLimitHoldsForThePollToo() throws Exception {
    CompletableFuture<Integer> poll =
        Tasks.start(Thread.ofPlatform(), () -> ring.poll(LONG, remember, 2));
    object.send("small_waking", 5);
    assertTrue(Tasks.get(poll) <= 2);
    while (ring.poll(Duration.ZERO, remember, 2) > 0) {}
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L), seen);
    assertThrows(IllegalArgumentException.class, () -> ring.poll(SHORT, remember, 0));
  }

  @Test
  void discardedRecordsEndNoWait() throws Exception {
    // The first of the numbers whose record is discarded.
    int number = 0;
    while (!RecordChecker.isDiscarded(number)) {
      number++;
    }
    if (number > 0) {
      object.send("mixed_0", number);
      ring.drain(remember);
    }
    CompletableFuture<Integer> poll = waiting(Kind.PLATFORM, Duration.ofMillis(300), remember);
    object.send("mixed_0", 1);
    assertEquals(0, Tasks.get(poll));
    assertEquals(1, object.outcome(0).discarded());
    assertEquals(0, ring.fill().available(), "it is consumed all the same");
  }

  @Test
  void whatWakesNobodyIsFoundWhenTheTimeIsOver() throws Exception {
    CompletableFuture<Integer> poll = waiting(Kind.PLATFORM, Duration.ofMillis(300), remember);
    object.send("small_silent", 2);
    assertEquals(2, Tasks.get(poll));
  }

  @Test
  void whatWakesNobodyComesWithWhatDoes() throws Exception {
    CompletableFuture<Integer> poll = waiting(Kind.PLATFORM, LONG, remember);
    object.send("small_silent", 1);
    object.send("small_waking", 1);
    Tasks.get(poll);
    ring.drain(remember);
    assertEquals(List.of(0L, 1L), seen);
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsTheWaitAndStays(Kind kind) throws Exception {
    AtomicReference<Thread> poller = new AtomicReference<>();
    CompletableFuture<Boolean> poll =
        Tasks.start(
            kind.builder(),
            () -> {
              poller.set(Thread.currentThread());
              assertEquals(0, ring.poll(LONG, remember));
              return Thread.currentThread().isInterrupted();
            });
    while (poller.get() == null) {
      Thread.onSpinWait();
    }
    Tasks.pause(20);
    poller.get().interrupt();
    assertTrue(Tasks.get(poll));
    object.send("small_waking", 1);
    assertEquals(1, ring.drain(remember), "the ring goes on");
  }

  @Test
  void whoIsInterruptedStillGetsWhatIsThere() throws Exception {
    object.send("small_waking", 1);
    CompletableFuture<Integer> poll =
        Tasks.start(
            Thread.ofPlatform(),
            () -> {
              Thread.currentThread().interrupt();
              return ring.poll(LONG, remember);
            });
    assertEquals(1, Tasks.get(poll));
  }

  @Test
  void whatAHandlerThrowsReachesThePoller() throws Exception {
    RuntimeException thrown = new RuntimeException();
    CompletableFuture<Integer> poll =
        waiting(
            Kind.PLATFORM,
            LONG,
            (_, _, _) -> {
              throw thrown;
            });
    object.send("small_waking", 1);
    assertSame(thrown, assertThrows(ExecutionException.class, () -> Tasks.get(poll)).getCause());
    assertEquals(0, ring.drain(remember));
  }

  @ParameterizedTest
  @EnumSource
  void forEachTakesAllUntilTheClose(Kind kind) throws Exception {
    CompletableFuture<Boolean> loop =
        Tasks.start(
            kind.builder(),
            () -> {
              ring.forEach(remember);
              return ring.isClosed();
            });
    for (int sent = 1; sent <= 50; sent++) {
      object.send("small_waking", 1);
      while (seen.size() < sent) {
        Thread.onSpinWait();
      }
    }
    ring.close();
    assertTrue(Tasks.get(loop));
    assertThrows(IllegalStateException.class, () -> ring.forEach(remember));
  }

  @Test
  void forEachFindsAlsoWhatWakesNobody() throws Exception {
    CompletableFuture<Boolean> loop =
        Tasks.start(
            Thread.ofPlatform(),
            () -> {
              ring.forEach(remember);
              return true;
            });
    Tasks.pause(20);
    object.send("small_silent", 1);
    while (seen.isEmpty()) {
      Thread.onSpinWait();
    }
    ring.close();
    Tasks.get(loop);
  }

  @Test
  void aPollThatFindsSomethingAllocatesNothing() {
    SampleHandler handler = (data, offset, _) -> data.get(JAVA_LONG, offset);
    object.send("small_silent", 900);
    assertEquals(0, Allocation.bytesPerCall(100, () -> ring.poll(Duration.ZERO, handler, 1)));
  }
}
