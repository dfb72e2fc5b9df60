package io.github.bpf4j.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.testing.KernelTest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many sources on one thread. */
@KernelTest
@Timeout(60)
final class EventPollerTest {
  private static final Duration LONG = Duration.ofSeconds(1000);

  private final AtomicInteger ofFirst = new AtomicInteger();
  private final AtomicInteger ofSecond = new AtomicInteger();
  private final AtomicInteger ofPerf = new AtomicInteger();
  private RingObject first;
  private RingObject second;
  private PerfObject perf;
  private RingBuffer firstRing;
  private RingBuffer secondRing;
  private PerfBuffer perfBuffer;
  private EventPoller poller;

  @BeforeEach
  void open() {
    first = RingObject.load(65_536);
    second = RingObject.load(4096);
    perf = new PerfObject();
    firstRing = first.open();
    secondRing = second.open();
    perfBuffer = perf.open();
    poller =
        EventPoller.open()
            .add(firstRing, (_, _, _) -> ofFirst.incrementAndGet())
            .add(secondRing, (_, _, _) -> ofSecond.incrementAndGet())
            .add(perfBuffer, (_, _, _) -> ofPerf.incrementAndGet());
  }

  @AfterEach
  void close() {
    poller.close();
    firstRing.close();
    secondRing.close();
    perfBuffer.close();
    first.close();
    second.close();
    perf.close();
  }

  enum From {
    FIRST,
    SECOND,
    PERF
  }

  private void send(From from, int times) {
    switch (from) {
      case FIRST -> first.send("small_waking", times);
      case SECOND -> second.send("small_waking", times);
      case PERF -> perf.send(0, "small", times);
    }
  }

  private int received(From from) {
    return switch (from) {
      case FIRST -> ofFirst.get();
      case SECOND -> ofSecond.get();
      case PERF -> ofPerf.get();
    };
  }

  @Test
  void whatIsThereComesFromAllOfThem() {
    send(From.FIRST, 3);
    send(From.SECOND, 2);
    send(From.PERF, 4);
    assertEquals(9, poller.poll(LONG));
    assertEquals(3, ofFirst.get());
    assertEquals(2, ofSecond.get());
    assertEquals(4, ofPerf.get());
    assertEquals(0, poller.poll(Duration.ZERO));
    assertEquals(0, poller.poll(Duration.ofMillis(20)));
  }

  @ParameterizedTest
  @EnumSource
  void aSampleOfAnyEndsTheWait(From from) throws Exception {
    for (int round = 1; round <= 20; round++) {
      CompletableFuture<Integer> poll = Tasks.start(Thread.ofPlatform(), () -> poller.poll(LONG));
      Tasks.pause(5);
      send(from, 1);
      assertEquals(1, Tasks.get(poll));
      assertEquals(round, received(from));
    }
  }

  @Test
  void aVirtualThreadMayPoll() throws Exception {
    CompletableFuture<Integer> poll = Tasks.start(Thread.ofVirtual(), () -> poller.poll(LONG));
    Tasks.pause(10);
    send(From.SECOND, 1);
    assertEquals(1, Tasks.get(poll));
  }

  @Test
  void aSourceMayBeAddedWhileAThreadPolls() throws Exception {
    try (RingObject third = RingObject.load(4096);
        RingBuffer ring = third.open()) {
      CompletableFuture<Integer> poll = Tasks.start(Thread.ofPlatform(), () -> poller.poll(LONG));
      Tasks.pause(10);
      poller.add(ring, (_, _, _) -> {});
      third.send("small_waking", 1);
      assertEquals(1, Tasks.get(poll));
    }
  }

  @Test
  void aSourceThatIsClosedDropsOut() throws Exception {
    CompletableFuture<Integer> poll = Tasks.start(Thread.ofPlatform(), () -> poller.poll(LONG));
    Tasks.pause(10);
    firstRing.close();
    Tasks.pause(10);
    assertFalse(poll.isDone());
    send(From.FIRST, 1);
    send(From.SECOND, 1);
    assertEquals(1, Tasks.get(poll));
    assertEquals(0, ofFirst.get());
  }

  @Test
  void withoutSourcesItEnds() throws Exception {
    CompletableFuture<Boolean> run = run();
    firstRing.close();
    secondRing.close();
    assertFalse(run.isDone());
    perfBuffer.close();
    assertTrue(Tasks.get(run));
    assertEquals(0, poller.poll(LONG));
  }

  private CompletableFuture<Boolean> run() {
    CompletableFuture<Boolean> run =
        Tasks.start(
            Thread.ofPlatform(),
            () -> {
              poller.run();
              return true;
            });
    Tasks.pause(10);
    return run;
  }

  @Test
  void runningTakesAllUntilTheClose() throws Exception {
    CompletableFuture<Boolean> run = run();
    for (int i = 1; i <= 50; i++) {
      for (From from : From.values()) {
        send(from, 1);
        while (received(from) < i) {
          Thread.onSpinWait();
        }
      }
    }
    poller.close();
    assertTrue(Tasks.get(run));
    assertThrows(IllegalStateException.class, () -> poller.poll(LONG));
    assertThrows(IllegalStateException.class, () -> poller.add(firstRing, (_, _, _) -> {}));
    send(From.FIRST, 1);
    assertEquals(1, firstRing.drain((_, _, _) -> {}), "the sources stay open");
  }

  @Test
  void aSourceIsAddedOnce() {
    BpfException twice =
        assertThrows(BpfException.class, () -> poller.add(firstRing, (_, _, _) -> {}));
    assertEquals(Errno.EEXIST, twice.errno().orElseThrow());
    send(From.FIRST, 2);
    assertEquals(2, poller.poll(LONG));
    assertEquals(2, ofFirst.get());
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    CompletableFuture<Boolean> interrupted =
        Tasks.start(
            Thread.ofPlatform(),
            () -> {
              Thread.currentThread().interrupt();
              poller.run();
              return Thread.interrupted();
            });
    assertTrue(Tasks.get(interrupted));
  }

  @Test
  void whatAHandlerThrowsReachesTheCallerAlsoWhenItClosedItsSource() {
    IllegalStateException thrown = new IllegalStateException("mine");
    try (RingObject third = RingObject.load(4096)) {
      RingBuffer ring = third.open();
      poller.add(
          ring,
          (_, _, _) -> {
            ring.close();
            throw thrown;
          });
      third.send("small_waking", 1);
      assertSame(
          thrown, assertThrows(IllegalStateException.class, () -> poller.poll(Duration.ZERO)));
      assertEquals(0, poller.poll(Duration.ZERO));
    }
  }

  @Test
  void closingDuringAPollLeavesNothing() throws Exception {
    Map<String, Integer> before = OwnResources.count();
    for (int i = 0; i < 50; i++) {
      EventPoller mine = EventPoller.open().add(firstRing, (_, _, _) -> {});
      CompletableFuture<Boolean> run =
          Tasks.start(
              Thread.ofPlatform(),
              () -> {
                while (!mine.isClosed()) {
                  try {
                    mine.poll(LONG);
                  } catch (IllegalStateException late) {
                    assertTrue(mine.isClosed());
                  }
                }
                return true;
              });
      Tasks.pause(1);
      mine.close();
      mine.close();
      assertTrue(Tasks.get(run));
    }
    assertEquals(before, OwnResources.count());
  }
}
