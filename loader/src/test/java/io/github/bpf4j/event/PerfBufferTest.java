package io.github.bpf4j.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.event.PerfObject.Sample;
import io.github.bpf4j.testing.Allocation;
import io.github.bpf4j.testing.KernelTest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samples of every CPU, by way of perf events. */
@KernelTest
@Timeout(60)
final class PerfBufferTest {
  private static final int CPUS = Runtime.getRuntime().availableProcessors();
  private static final int LAST = CPUS - 1;
  private static final int PAGE = 4096;

  private final List<Sample> seen = new CopyOnWriteArrayList<>();
  private final SampleHandler remember =
      (data, offset, length) -> seen.add(Sample.of(data, offset, length));
  private PerfObject object;

  @BeforeEach
  void load() {
    object = new PerfObject();
  }

  @AfterEach
  void close() {
    object.close();
  }

  private PerfBuffer small() {
    return object.map("events").perfBuffer(PerfBufferOptions.defaults().bytesPerCpu(PAGE));
  }

  private static List<Sample> samples(int cpu, long first, long end, int bytes) {
    return LongStream.range(first, end).mapToObj(number -> new Sample(cpu, number, bytes)).toList();
  }

  @Test
  void samplesOfEachCpuCome() {
    try (PerfBuffer buffer = object.open()) {
      assertEquals(IntStream.range(0, CPUS).boxed().toList(), buffer.cpus());
      for (int cpu = 0; cpu < CPUS; cpu++) {
        object.send(cpu, "middle", 3);
        assertEquals(3, buffer.drain(remember));
        assertEquals(samples(cpu, 0, 3, 60), seen);
        seen.clear();
      }
      assertEquals(0, buffer.drain(remember));
      assertEquals(OptionalLong.of(0), buffer.lost());
    }
  }

  @ParameterizedTest
  @CsvSource({"small, 8", "middle, 60", "large, 1024"})
  void samplesAreWholeAlsoAcrossTheEndOfTheRing(String program, int bytes) {
    try (PerfBuffer buffer = small()) {
      // A number that fits, so that the end of the ring is met at another byte each time.
      int fit = PAGE / (bytes + 24) - 1;
      int times = 0;
      for (int round = 0; round < 30; round++) {
        object.send(LAST, program, fit);
        times += fit;
        buffer.drain(remember);
      }
      assertEquals(samples(LAST, 0, times, bytes), seen);
      assertEquals(OptionalLong.of(0), buffer.lost());
    }
  }

  @Test
  void whatFoundNoRoomIsReportedExactlyByCpu() {
    try (PerfBuffer buffer = small()) {
      for (int cpu = 0; cpu < CPUS; cpu++) {
        object.send(cpu, "middle", 1000 + 500 * cpu);
      }
      int handled = buffer.drain(remember);
      assertEquals(OptionalLong.of(0), buffer.lost(), "the kernel has not told yet");
      for (int cpu = 0; cpu < CPUS; cpu++) {
        object.send(cpu, "middle", 1);
      }
      handled += buffer.drain(remember);
      long sent = 0;
      long lost = 0;
      for (int cpu = 0; cpu < CPUS; cpu++) {
        PerfObject.Outcome outcome = object.outcome(cpu);
        assertTrue(outcome.noRoom() > 900, outcome.toString());
        assertEquals(1001 + 500 * cpu, outcome.sent() + outcome.noRoom());
        assertEquals(outcome.noRoom(), buffer.lost(cpu));
        sent += outcome.sent();
        lost += outcome.noRoom();
      }
      assertEquals(sent, handled);
      assertEquals(OptionalLong.of(lost), buffer.lost());
    }
  }

  @Test
  void underAFastProducerWhatComesAndWhatIsLostIsAll() throws Exception {
    try (PerfBuffer buffer = small()) {
      List<CompletableFuture<Boolean>> producers = new ArrayList<>();
      for (int cpu = 0; cpu < CPUS; cpu++) {
        producers.add(object.start(cpu, "middle", 200_000));
      }
      long[] next = new long[CPUS];
      long[] received = new long[CPUS];
      SampleHandler count =
          (data, offset, length) -> {
            Sample sample = Sample.of(data, offset, length);
            assertTrue(sample.number() >= next[sample.cpu()], sample.toString());
            next[sample.cpu()] = sample.number() + 1;
            received[sample.cpu()]++;
          };
      for (CompletableFuture<Boolean> producer : producers) {
        while (!producer.isDone()) {
          buffer.poll(Duration.ofMillis(1), count);
        }
      }
      buffer.drain(count);
      for (int cpu = 0; cpu < CPUS; cpu++) {
        object.send(cpu, "middle", 1);
      }
      buffer.drain(count);
      for (int cpu = 0; cpu < CPUS; cpu++) {
        PerfObject.Outcome outcome = object.outcome(cpu);
        assertEquals(outcome.sent(), received[cpu], outcome.toString());
        assertEquals(outcome.noRoom(), buffer.lost(cpu), outcome.toString());
        assertEquals(0, outcome.noReader() + outcome.other());
      }
    }
  }

  @Test
  void aLimitLetsEachCpuHaveItsTurn() {
    try (PerfBuffer buffer = object.open()) {
      for (int cpu = 0; cpu < CPUS; cpu++) {
        object.send(cpu, "middle", 2);
      }
      for (int turn = 0; turn < CPUS; turn++) {
        assertEquals(1, buffer.drain(remember, 1));
      }
      assertEquals(CPUS, seen.stream().map(Sample::cpu).distinct().count());
      assertEquals(CPUS, buffer.drain(remember));
    }
  }

  @Test
  void aSampleEndsAWait() throws Exception {
    try (PerfBuffer buffer = object.open()) {
      for (int round = 0; round < 20; round++) {
        CompletableFuture<Integer> poll =
            Tasks.start(Thread.ofPlatform(), () -> buffer.poll(Duration.ofSeconds(1000), remember));
        Tasks.pause(5);
        object.send(round % CPUS, "small", 1);
        assertEquals(1, Tasks.get(poll));
      }
    }
  }

  @Test
  void wakeUpsCanBeFewerThanSamples() throws Exception {
    PerfBufferOptions seldom = PerfBufferOptions.defaults().wakeupSamples(4);
    try (PerfBuffer buffer = object.map("events").perfBuffer(seldom)) {
      CompletableFuture<Integer> poll =
          Tasks.start(Thread.ofPlatform(), () -> buffer.poll(Duration.ofMillis(250), remember));
      Tasks.pause(20);
      object.send(0, "small", 3);
      assertEquals(3, Tasks.get(poll), "when the time is over");
    }
  }

  @Test
  void closingFromAnotherThreadEndsAWait() throws Exception {
    Map<String, Integer> before = OwnResources.count();
    for (int i = 0; i < 20; i++) {
      PerfBuffer buffer = object.open();
      CompletableFuture<Boolean> loop =
          Tasks.start(
              Thread.ofPlatform(),
              () -> {
                try {
                  buffer.forEach(remember);
                } catch (IllegalStateException late) {
                  // The close came before the call.
                  assertEquals("perf buffer events is closed", late.getMessage());
                }
                return true;
              });
      CompletableFuture<Boolean> producer = object.start(0, "middle", 1000);
      Tasks.pause(2);
      buffer.close();
      assertTrue(Tasks.get(loop));
      Tasks.get(producer);
    }
    assertEquals(before, OwnResources.count());
  }

  @Test
  void afterTheCloseProgramsFindNoReader() {
    object.open().close();
    object.send(0, "small", 5);
    assertEquals(new PerfObject.Outcome(0, 0, 5, 0), object.outcome(0));
  }

  @Test
  void whatAHandlerThrowsReachesTheCallerAndTheSampleIsConsumed() {
    try (PerfBuffer buffer = object.open()) {
      object.send(0, "small", 3);
      RuntimeException thrown = new RuntimeException();
      SampleHandler handler =
          (data, offset, length) -> {
            remember.sample(data, offset, length);
            if (seen.size() == 2) {
              throw thrown;
            }
          };
      assertSame(thrown, assertThrows(RuntimeException.class, () -> buffer.drain(handler)));
      assertEquals(1, buffer.drain(remember));
      assertEquals(samples(0, 0, 3, 8), seen);
    }
  }

  @Test
  void aSampleIsLentReadOnlyAndForTheCall() {
    MemorySegment[] kept = new MemorySegment[1];
    try (PerfBuffer buffer = object.open()) {
      object.send(0, "small", 1);
      buffer.drain((data, _, _) -> kept[0] = data);
      assertTrue(kept[0].isReadOnly());
    }
    assertThrows(IllegalStateException.class, () -> kept[0].get(ValueLayout.JAVA_BYTE, 0));
  }

  @Test
  void drainingAllocatesNothing() {
    try (PerfBuffer buffer = object.open()) {
      object.send(0, "small", 1000);
      SampleHandler handler = (data, offset, _) -> data.get(ValueLayout.JAVA_LONG, offset);
      assertEquals(0, Allocation.bytesPerCall(500, () -> buffer.drain(handler, 1)));
    }
  }

  @Test
  void typedEventsOfEitherKindOfMapAreTheSame() {
    try (EventSource events = object.map("events").events()) {
      object.send(0, "middle", 2);
      List<Long> first = new ArrayList<>();
      events.typed(Codec.u32()).drain(first::add);
      assertEquals(List.of(0L, 1L), first);
    }
  }

  @Test
  void anotherMapIsRefused() {
    BpfException refused =
        assertThrows(
            BpfException.class,
            () -> object.map("outcomes").perfBuffer(PerfBufferOptions.defaults()));
    assertEquals(
        "cannot open a buffer on map outcomes: it is of type ARRAY, not PERF_EVENT_ARRAY",
        refused.sentence());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "4096, 0", "-1, 1"})
  void optionsAreChecked(int bytes, int wakeup) {
    assertThrows(IllegalArgumentException.class, () -> new PerfBufferOptions(bytes, wakeup));
  }

  @Test
  void aBufferIsClosedOnce() {
    PerfBuffer buffer = object.open();
    assertFalse(buffer.isClosed());
    buffer.close();
    buffer.close();
    assertTrue(buffer.isClosed());
    assertThrows(IllegalStateException.class, () -> buffer.drain(remember));
  }
}
