package io.github.bpf4j.event;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfObject;
import io.github.bpf4j.RunInput;
import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.testing.KernelFeature;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Requires;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way down: what Java submits is what the program sees. */
@KernelTest
@Requires(KernelFeature.USER_RING_BUFFER)
@Timeout(60)
final class UserRingBufferTest {
  private static final int SIZE = 4096;
  private static final Duration LONG = Duration.ofSeconds(1000);
  private static final RunInput ONCE = RunInput.packet(new byte[64]);

  private BpfObject object;
  private UserRingBuffer commands;
  private RingBuffer echo;

  /** What the program saw of a sample. */
  private record Seen(int bytes, int number, long last) {}

  @BeforeEach
  void open() {
    object = TestObjects.load("user_ring");
    commands = object.map("commands").userRingBuffer();
    echo = object.map("echo").ringBuffer();
  }

  @AfterEach
  void close() {
    commands.close();
    echo.close();
    object.close();
  }

  /** Runs the program; what it saw. */
  private List<Seen> drain(String program) {
    object.program(program).run(ONCE);
    List<Seen> seen = new ArrayList<>();
    echo.drain(
        (data, offset, _) ->
            seen.add(
                new Seen(
                    data.get(JAVA_INT, offset),
                    data.get(JAVA_INT, offset + 4),
                    data.get(JAVA_LONG, offset + 8))));
    return seen;
  }

  private static void fill(MemorySegment data, int number) {
    long bytes = data.byteSize();
    data.set(JAVA_INT, 0, (int) bytes);
    data.set(JAVA_INT, 4, number);
    if (bytes >= 16) {
      data.set(JAVA_LONG_UNALIGNED, bytes - 8, last(number));
    }
  }

  private static long last(int number) {
    return 0x1234_5678_0000_0000L + number;
  }

  private Reservation reserve(int bytes) {
    return commands.reserve(bytes).orElseThrow();
  }

  private void send(int bytes, int number) {
    try (Reservation room = reserve(bytes)) {
      fill(room.data(), number);
      room.submit();
    }
  }

  private static Seen seen(int bytes, int number) {
    return new Seen(bytes, number, bytes >= 16 ? last(number) : 0);
  }

  @Test
  void whatIsSubmittedIsSeenInOrder() {
    send(8, 1);
    send(16, 2);
    send(61, 3);
    assertEquals(List.of(seen(8, 1), seen(16, 2), seen(61, 3)), drain("drain_all"));
    assertEquals(List.of(), drain("drain_all"));
  }

  @Test
  void samplesAreWholeAlsoAcrossTheEndOfTheRing() {
    for (int number = 0; number < 500; number++) {
      int bytes = 8 + number * 37 % 1500;
      send(bytes, number);
      assertEquals(List.of(seen(bytes, number)), drain("drain_all"));
    }
  }

  @Test
  void aProgramMayTakeThemOneByOne() {
    send(8, 1);
    send(8, 2);
    assertEquals(List.of(seen(8, 1)), drain("drain_one"));
    assertEquals(List.of(seen(8, 2)), drain("drain_one"));
  }

  @Test
  void whatIsDiscardedIsNotSeen() {
    send(8, 1);
    reserve(8).discard();
    reserve(24).close();
    send(8, 2);
    assertEquals(List.of(seen(8, 1), seen(8, 2)), drain("drain_all"));
  }

  @Test
  void aReservationThatIsOpenHoldsBackThoseBehindIt() {
    Reservation first = reserve(16);
    send(8, 2);
    assertEquals(List.of(), drain("drain_all"));
    fill(first.data(), 1);
    first.submit();
    assertEquals(List.of(seen(16, 1), seen(8, 2)), drain("drain_all"));
  }

  @Test
  void aValueIsWrittenByItsCodec() {
    assertTrue(commands.send(Codec.u64(), 7L << 32 | 8));
    assertEquals(List.of(seen(8, 7)), drain("drain_all"));
  }

  @Test
  void aValueThatCannotBeWrittenIsDiscarded() {
    assertThrows(IllegalArgumentException.class, () -> commands.send(Codec.u8(), 256));
    send(8, 1);
    assertEquals(List.of(seen(8, 1)), drain("drain_all"));
  }

  @Test
  void aFullRingSaysSo() {
    int fit = SIZE / 16;
    for (int number = 0; number < fit; number++) {
      send(8, number);
    }
    assertEquals(new RingFill(SIZE, 0, SIZE), commands.fill());
    assertEquals(Optional.empty(), commands.reserve(1));
    assertFalse(commands.send(Codec.u64(), 0L));
    assertEquals(fit, drain("drain_all").size());
    assertEquals(new RingFill(SIZE, SIZE, SIZE), commands.fill());
    send(8, 4711);
    assertEquals(List.of(seen(8, 4711)), drain("drain_all"));
  }

  @Test
  void theLargestSampleFillsTheRing() {
    send(SIZE - 8, 1);
    assertEquals(Optional.empty(), commands.reserve(1));
    assertEquals(List.of(seen(SIZE - 8, 1)), drain("drain_all"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, SIZE - 7, Integer.MAX_VALUE})
  void whatNeverFitsIsRefused(int bytes) {
    assertThrows(IllegalArgumentException.class, () -> commands.reserve(bytes));
    assertThrows(IllegalArgumentException.class, () -> commands.reserve(bytes, LONG));
  }

  @Test
  void roomIsWaitedFor() throws Exception {
    send(SIZE - 8, 1);
    assertEquals(Optional.empty(), commands.reserve(8, Duration.ofMillis(20)));
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
      waiting.add(
          Tasks.start(
              kind,
              () -> {
                commands.reserve(8, LONG).orElseThrow().discard();
                return true;
              }));
    }
    Tasks.pause(30);
    assertFalse(waiting.stream().anyMatch(CompletableFuture::isDone));
    drain("drain_all");
    for (CompletableFuture<Boolean> reserved : waiting) {
      assertTrue(Tasks.get(reserved));
    }
  }

  @Test
  void aCloseEndsTheWaitForRoom() throws Exception {
    send(SIZE - 8, 1);
    CompletableFuture<Optional<Reservation>> waiting =
        Tasks.start(Thread.ofPlatform(), () -> commands.reserve(8, LONG));
    Tasks.pause(20);
    commands.close();
    assertEquals(Optional.empty(), Tasks.get(waiting));
  }

  @Test
  void anInterruptEndsTheWaitForRoom() throws Exception {
    send(SIZE - 8, 1);
    CompletableFuture<Boolean> interrupted =
        Tasks.start(
            Thread.ofPlatform(),
            () -> {
              Thread.currentThread().interrupt();
              return commands.reserve(8, LONG).isEmpty() && Thread.interrupted();
            });
    assertTrue(Tasks.get(interrupted));
  }

  @Test
  void afterTheCloseNothingIsReservedButWhatIsMayBeSubmitted() {
    Reservation open = reserve(8);
    commands.close();
    assertTrue(commands.isClosed());
    assertThrows(IllegalStateException.class, () -> commands.reserve(8));
    assertThrows(IllegalStateException.class, commands::fill);
    fill(open.data(), 1);
    open.submit();
    assertEquals(List.of(seen(8, 1)), drain("drain_all"));
    assertThrows(IllegalStateException.class, () -> open.data().get(JAVA_INT, 0));
  }

  @Test
  void aReservationEndsOnce() {
    Reservation room = reserve(8);
    room.discard();
    assertThrows(IllegalStateException.class, room::submit);
    assertThrows(IllegalStateException.class, room::discard);
    room.close();
  }

  @Test
  void theRoomIsBounded() {
    try (Reservation room = reserve(12)) {
      assertEquals(12, room.data().byteSize());
      assertEquals(0, room.data().address() % 8);
      assertThrows(IndexOutOfBoundsException.class, () -> room.data().set(JAVA_INT, 12, 1));
    }
  }

  @Test
  void manyThreadsMaySend() throws Exception {
    int threads = 4;
    int each = 2000;
    CountDownLatch left = new CountDownLatch(threads);
    List<CompletableFuture<Boolean>> senders = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int thread = i;
      senders.add(
          Tasks.start(
              Thread.ofPlatform(),
              () -> {
                for (int number = 0; number < each; number++) {
                  try (Reservation room = commands.reserve(24, LONG).orElseThrow()) {
                    fill(room.data(), thread * each + number);
                    room.submit();
                  }
                }
                left.countDown();
                return true;
              }));
    }
    int[] next = new int[threads];
    while (left.getCount() > 0 || commands.fill().available() > 0) {
      for (Seen seen : drain("drain_all")) {
        int thread = seen.number() / each;
        assertEquals(seen(24, thread * each + next[thread]++), seen);
      }
    }
    for (int thread = 0; thread < threads; thread++) {
      assertTrue(Tasks.get(senders.get(thread)));
      assertEquals(each, next[thread]);
    }
  }

  @Test
  void nothingIsLeft() {
    Map<String, Integer> before = OwnResources.count();
    for (int i = 0; i < 20; i++) {
      object.map("commands").userRingBuffer().close();
    }
    assertEquals(before, OwnResources.count());
  }

  @Test
  void anotherMapIsRefused() {
    BpfException refused =
        assertThrows(BpfException.class, () -> object.map("echo").userRingBuffer());
    assertEquals(
        "cannot open a buffer on map echo: it is of type RINGBUF, not USER_RINGBUF",
        refused.sentence());
  }
}
