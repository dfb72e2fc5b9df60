package io.github.bpf4j.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.testing.KernelTest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of {@link Flow}: what is requested comes, and nothing else. */
@KernelTest
@Timeout(60)
final class EventPublisherTest {
  private RingObject object;
  private RingBuffer ring;
  private final Recorder recorder = new Recorder();

  @BeforeEach
  void open() {
    object = RingObject.load(65_536);
    ring = object.open();
  }

  @AfterEach
  void close() throws Exception {
    ring.close();
    // The thread that served a subscriber may be on its way out.
    if (!recorder.thread.get().equals(Thread.currentThread())) {
      recorder.thread.get().join();
    }
    object.close();
  }

  /** A subscriber that remembers all signals. */
  private static final class Recorder implements Flow.Subscriber<Long> {
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
    private final List<Long> seen = new CopyOnWriteArrayList<>();
    private final AtomicReference<Thread> thread = new AtomicReference<>(Thread.currentThread());
    private Consumer<Long> onNext = _ -> {};

    @Override
    public void onSubscribe(Flow.Subscription given) {
      thread.set(Thread.currentThread());
      subscription.complete(given);
    }

    @Override
    public void onNext(Long number) {
      assertFalse(end.isDone(), "a sample after the end");
      seen.add(number);
      onNext.accept(number);
    }

    @Override
    public void onError(Throwable error) {
      assertTrue(end.complete(Optional.of(error)), "a second end");
    }

    @Override
    public void onComplete() {
      assertTrue(end.complete(Optional.empty()), "a second end");
    }

    void request(long number) {
      subscription.join().request(number);
    }

    void cancel() {
      subscription.join().cancel();
    }

    void awaitSeen(int number) {
      await(() -> seen.size() >= number);
    }
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private void subscribe() {
    ring.typed(Codec.u64()).publisher().subscribe(recorder);
  }

  private long waiting() {
    return ring.fill().available() / RingObject.SMALL_BYTES;
  }

  private static List<Long> upTo(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  @Test
  void withoutARequestNothingIsTaken() throws Exception {
    subscribe();
    object.send("small_waking", 5);
    recorder.subscription.join();
    Tasks.pause(50);
    assertEquals(List.of(), recorder.seen);
    assertEquals(5, waiting());
    ring.close();
    assertEquals(Optional.empty(), Tasks.get(recorder.end));
  }

  @Test
  void asManyComeAsAreRequestedAndTheRestStaysInTheRing() {
    subscribe();
    object.send("small_waking", 10);
    recorder.request(3);
    recorder.awaitSeen(3);
    Tasks.pause(20);
    assertEquals(upTo(3), recorder.seen);
    assertEquals(7, waiting());
    recorder.request(1);
    recorder.request(1);
    recorder.awaitSeen(5);
    Tasks.pause(20);
    assertEquals(upTo(5), recorder.seen);
    assertEquals(5, waiting());
  }

  @Test
  void aRequestMayComeBeforeTheSamples() {
    subscribe();
    recorder.request(2);
    Tasks.pause(20);
    object.send("small_waking", 3);
    recorder.awaitSeen(2);
    Tasks.pause(20);
    assertEquals(upTo(2), recorder.seen);
  }

  @Test
  void requestsAddUpWithoutOverflow() {
    subscribe();
    recorder.request(Long.MAX_VALUE);
    recorder.request(Long.MAX_VALUE);
    object.send("small_waking", 500);
    recorder.awaitSeen(500);
    object.send("small_waking", 500);
    recorder.awaitSeen(1000);
    assertEquals(upTo(1000), recorder.seen);
  }

  @Test
  void aSubscriberMayRequestOneAfterTheOther() {
    recorder.onNext = _ -> recorder.request(1);
    subscribe();
    object.send("small_waking", 500);
    recorder.request(1);
    recorder.awaitSeen(500);
    assertEquals(upTo(500), recorder.seen);
  }

  @Test
  void aSlowSubscriberHoldsNobodyUpButItself() {
    recorder.onNext = _ -> Tasks.pause(1);
    subscribe();
    recorder.request(Long.MAX_VALUE);
    object.send("small_waking", 100);
    recorder.awaitSeen(100);
    assertEquals(upTo(100), recorder.seen);
  }

  @Test
  void itIsServedByADaemonOfItsOwn() {
    subscribe();
    recorder.request(1);
    object.send("small_waking", 1);
    recorder.awaitSeen(1);
    Thread server = recorder.thread.get();
    assertFalse(server.isVirtual());
    assertTrue(server.isDaemon());
    assertEquals("bpf4j-events-events", server.getName());
  }

  @Test
  void aCancelEndsItAndLosesNothing() {
    recorder.onNext =
        number -> {
          if (number == 4) {
            recorder.cancel();
          }
        };
    subscribe();
    object.send("small_waking", 10);
    recorder.request(Long.MAX_VALUE);
    recorder.awaitSeen(5);
    await(() -> !recorder.thread.get().isAlive());
    assertEquals(upTo(5), recorder.seen);
    assertFalse(recorder.end.isDone());
    assertEquals(5, waiting());
    assertEquals(5, ring.drain((_, _, _) -> {}), "another one may go on");
  }

  @Test
  void aCancelWhileItWaitsEndsItToo() throws Exception {
    subscribe();
    recorder.request(1);
    Tasks.pause(20);
    recorder.cancel();
    recorder.cancel();
    object.send("small_waking", 1);
    // One that was being taken when the cancel came may still be delivered.
    await(() -> waiting() == 0 || taken() == 1);
    recorder.request(1);
    ring.close();
    Tasks.pause(150);
    assertFalse(recorder.end.isDone());
  }

  /** How many samples could be taken; none while the publisher still takes some itself. */
  private int taken() {
    try {
      return ring.drain((_, _, _) -> {});
    } catch (IllegalStateException e) {
      return 0;
    }
  }

  @Test
  void theEndOfTheSourceCompletesIt() throws Exception {
    subscribe();
    recorder.request(5);
    object.send("small_waking", 2);
    recorder.awaitSeen(2);
    ring.close();
    assertEquals(Optional.empty(), Tasks.get(recorder.end));
    assertEquals(upTo(2), recorder.seen);
  }

  @Test
  void aSourceThatIsClosedAlreadyCompletesAtOnce() throws Exception {
    ring.close();
    subscribe();
    assertEquals(Optional.empty(), Tasks.get(recorder.end));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void aRequestBelowOneIsAnError(long number) throws Exception {
    subscribe();
    recorder.request(number);
    assertInstanceOf(IllegalArgumentException.class, Tasks.get(recorder.end).orElseThrow());
  }

  @Test
  void whatASubscriberThrowsEndsItsSubscription() throws Exception {
    RuntimeException thrown = new RuntimeException();
    recorder.onNext =
        _ -> {
          throw thrown;
        };
    subscribe();
    recorder.request(5);
    object.send("small_waking", 3);
    assertSame(thrown, Tasks.get(recorder.end).orElseThrow());
    assertEquals(List.of(0L), recorder.seen);
    assertEquals(2, waiting());
  }

  @Test
  void aSampleThatCannotBeReadIsAnError() throws Exception {
    ring.typed(object.smallRecords())
        .publisher()
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                recorder.onSubscribe(subscription);
              }

              @Override
              public void onNext(RingObject.Small record) {}

              @Override
              public void onError(Throwable error) {
                recorder.onError(error);
              }

              @Override
              public void onComplete() {
                recorder.onComplete();
              }
            });
    recorder.request(Long.MAX_VALUE);
    object.send("mixed_0", 50);
    String message = Tasks.get(recorder.end).orElseThrow().toString();
    assertTrue(message.endsWith(" bytes, and its type has 64"), message);
  }

  @Test
  void aSecondSubscriberIsRefusedWhileTheFirstWaits() throws Exception {
    subscribe();
    recorder.request(1);
    Tasks.pause(30);
    Recorder second = new Recorder();
    ring.typed(Codec.u64()).publisher().subscribe(second);
    second.request(1);
    assertInstanceOf(IllegalStateException.class, Tasks.get(second.end).orElseThrow());
    second.thread.get().join();
  }

  @Test
  void anInterruptThatASubscriberLeavesBehindDoesNoHarm() {
    recorder.onNext = _ -> Thread.currentThread().interrupt();
    subscribe();
    recorder.request(Long.MAX_VALUE);
    for (int i = 1; i <= 3; i++) {
      object.send("small_waking", 1);
      recorder.awaitSeen(i);
    }
  }

  @Test
  void thereIsNoNullSubscriber() {
    Flow.Publisher<Long> publisher = ring.typed(Codec.u64()).publisher();
    assertThrows(NullPointerException.class, () -> publisher.subscribe(null));
  }
}
