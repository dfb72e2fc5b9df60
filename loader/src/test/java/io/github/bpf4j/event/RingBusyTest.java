package io.github.bpf4j.event;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.bpf4j.event.BusyObject.Fate;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A record that a program is still writing, and those behind it. */
@KernelTest
@Requires(KernelFeature.LOOP_HELPER)
@Timeout(60)
final class RingBusyTest {
  private static final long HELD = 4711;
  private static final long FOLLOWING = 4712;

  private final List<Long> seen = new CopyOnWriteArrayList<>();
  private final SampleHandler remember = (data, offset, _) -> seen.add(data.get(JAVA_LONG, offset));
  private BusyObject object;
  private RingBuffer ring;

  @BeforeEach
  void open() {
    object = new BusyObject();
    ring = object.open();
  }

  @AfterEach
  void close() {
    ring.close();
    object.close();
  }

  @ParameterizedTest
  @EnumSource
  void aBusyRecordHoldsBackThoseBehindIt(Fate fate) throws Exception {
    CompletableFuture<Void> program = object.hold(ring);
    object.follow();
    assertEquals(0, ring.drain(remember));
    assertEquals(0, ring.fill().consumerPosition());
    assertEquals(32, ring.fill().available());
    object.decide(fate);
    Tasks.get(program);
    List<Long> expected = fate == Fate.SUBMIT ? List.of(HELD, FOLLOWING) : List.of(FOLLOWING);
    assertEquals(expected.size(), ring.drain(remember));
    assertEquals(expected, seen);
  }

  @Test
  void whatIsBeforeABusyRecordComes() throws Exception {
    object.follow();
    CompletableFuture<Void> program = object.hold(ring);
    assertEquals(1, ring.drain(remember));
    assertEquals(List.of(FOLLOWING), seen);
    object.decide(Fate.SUBMIT);
    Tasks.get(program);
  }

  @ParameterizedTest
  @EnumSource
  void aPollSleepsUntilTheRecordIsDone(Fate fate) throws Exception {
    CompletableFuture<Void> program = object.hold(ring);
    object.follow();
    CompletableFuture<Integer> poll =
        Tasks.start(Thread.ofPlatform(), () -> ring.poll(Duration.ofSeconds(20), remember));
    Tasks.pause(50);
    assertFalse(poll.isDone());
    object.decide(fate);
    Tasks.get(program);
    assertEquals(fate == Fate.SUBMIT ? 2 : 1, Tasks.get(poll));
  }

  @Test
  void aRecordThatStaysBusyEndsNoPollEarly() throws Exception {
    CompletableFuture<Void> program = object.hold(ring);
    long start = System.nanoTime();
    assertEquals(0, ring.poll(Duration.ofMillis(120), remember));
    assertFalse(System.nanoTime() - start < 120_000_000);
    object.decide(Fate.SUBMIT);
    Tasks.get(program);
  }
}
