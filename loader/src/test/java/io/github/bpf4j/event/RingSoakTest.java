package io.github.bpf4j.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Soak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Very many records of 8 to 4096 bytes, some of them discarded, from programs that run as fast as
 * they can: each that comes is whole and in its producer's order, none comes twice, and those that
 * do not come are just those that the producer discarded or had no room for.
 */
@KernelTest
@Tag(Soak.TAG)
@Timeout(3600)
final class RingSoakTest {
  private static final long RECORDS = Soak.times(1_000_000, 100_000_000);
  private static final int BURST = 2000;

  @ParameterizedTest
  @CsvSource({"1, 65536", "1, 4194304", "3, 262144"})
  void noRecordIsLostUnreportedNorComesTwice(int producers, int ringBytes) throws Exception {
    try (RingObject object = RingObject.load(ringBytes);
        RingBuffer ring = object.open()) {
      AtomicBoolean stop = new AtomicBoolean();
      List<CompletableFuture<Boolean>> running = new ArrayList<>();
      for (int i = 0; i < producers; i++) {
        String program = "mixed_" + i;
        running.add(
            Tasks.start(
                Thread.ofPlatform(),
                () -> {
                  while (!stop.get()) {
                    // Most of a burst finds no room in the smaller rings. But the consumer needs a
                    // CPU, or next to nothing would come through.
                    if (ring.fill().ratio() > 0.5) {
                      LockSupport.parkNanos(10_000);
                    }
                    object.send(program, BURST);
                  }
                  return true;
                }));
      }
      RecordChecker checker = new RecordChecker();
      long received = 0;
      try {
        while (received < RECORDS) {
          received += ring.poll(Duration.ofSeconds(10), checker);
        }
      } finally {
        stop.set(true);
        for (CompletableFuture<Boolean> producer : running) {
          Tasks.get(producer);
        }
      }
      received += ring.drain(checker);
      account(object, ring, checker, producers, received);
    }
  }

  private static void account(
      RingObject object, RingBuffer ring, RecordChecker checker, int producers, long received) {
    assertEquals(0, ring.fill().available());
    long dropped = 0;
    long counted = 0;
    for (int i = 0; i < producers; i++) {
      RingObject.Outcome outcome = object.outcome(i);
      checker.endAt(i, outcome.tried());
      assertEquals(outcome.submitted(), checker.received(i), outcome.toString());
      assertEquals(outcome.discarded() + outcome.dropped(), checker.missing(i), outcome.toString());
      // Dropped ones may be such as would have been discarded.
      assertTrue(checker.missingDiscarded(i) >= outcome.discarded(), outcome.toString());
      assertTrue(outcome.discarded() > 0, outcome.toString());
      dropped += outcome.dropped();
      counted += checker.received(i);
    }
    assertEquals(counted, received);
    assertEquals(OptionalLong.of(dropped), ring.lost());
    System.out.printf(
        "%d producers: %,d records, %,d bytes, %.0f times around the ring, %,d dropped%n",
        producers,
        received,
        checker.bytes(),
        (double) ring.fill().producerPosition() / ring.fill().size(),
        dropped);
  }
}
