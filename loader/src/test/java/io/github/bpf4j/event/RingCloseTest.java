package io.github.bpf4j.event;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.testing.ChildJvm;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.Soak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing a ring that other threads are at: no crash, no hang, nothing left. */
@KernelTest
@Tag(Soak.TAG)
@Timeout(600)
final class RingCloseTest {
  private static final int TIMES = (int) Soak.times(50, 1000);
  private static final Duration LONG = Duration.ofSeconds(1000);

  private RingObject object;
  private final AtomicLong taken = new AtomicLong();

  @BeforeEach
  void load() {
    object = RingObject.load(65_536);
  }

  @AfterEach
  void close() {
    object.close();
  }

  /** How a thread takes samples until it is told that the ring is closed. */
  enum Way {
    POLL {
      @Override
      void take(RingBuffer ring, SampleHandler handler) {
        while (!ring.isClosed()) {
          ring.poll(LONG, handler);
        }
      }
    },
    DRAIN {
      @Override
      void take(RingBuffer ring, SampleHandler handler) {
        while (!ring.isClosed()) {
          ring.drain(handler);
        }
      }
    },
    FOR_EACH {
      @Override
      void take(RingBuffer ring, SampleHandler handler) {
        ring.forEach(handler);
      }
    },
    VIRTUAL_POLL {
      @Override
      void take(RingBuffer ring, SampleHandler handler) {
        POLL.take(ring, handler);
      }
    };

    abstract void take(RingBuffer ring, SampleHandler handler);

    Thread.Builder thread() {
      return this == VIRTUAL_POLL ? Thread.ofVirtual() : Thread.ofPlatform();
    }
  }

  private void closeUnder(Way way) throws Exception {
    for (int i = 0; i < TIMES; i++) {
      RingBuffer ring = object.open();
      CompletableFuture<Boolean> taker =
          Tasks.start(
              way.thread(),
              () -> {
                try {
                  way.take(ring, (data, offset, _) -> taken.addAndGet(data.get(JAVA_LONG, offset)));
                } catch (IllegalStateException late) {
                  // It came between the look and the call.
                  assertEquals("ring buffer events is closed", late.getMessage());
                }
                return true;
              });
      TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(3000));
      ring.close();
      assertTrue(Tasks.get(taker));
    }
  }

  @ParameterizedTest
  @EnumSource
  void fromAnotherThread(Way way) throws Exception {
    Map<String, Integer> before = OwnResources.count();
    closeUnder(way);
    assertEquals(before, OwnResources.count());
  }

  @ParameterizedTest
  @EnumSource
  void whileAProducerRunsAtFullSpeed(Way way) throws Exception {
    Map<String, Integer> before = OwnResources.count();
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Boolean> producer =
        Tasks.start(
            Thread.ofPlatform(),
            () -> {
              while (!stop.get()) {
                object.send("small_waking", 1000);
              }
              return true;
            });
    try {
      closeUnder(way);
    } finally {
      stop.set(true);
      Tasks.get(producer);
    }
    assertEquals(before, OwnResources.count());
    assertTrue(taken.get() > 0);
  }

  @Test
  void twoThatCloseAtOnce() throws Exception {
    Map<String, Integer> before = OwnResources.count();
    for (int i = 0; i < TIMES; i++) {
      RingBuffer ring = object.open();
      CompletableFuture<Boolean> other =
          Tasks.start(
              Thread.ofPlatform(),
              () -> {
                ring.close();
                return true;
              });
      ring.close();
      Tasks.get(other);
    }
    assertEquals(before, OwnResources.count());
  }

  @Test
  void fromAShutdownHook() {
    int rings = (int) Soak.times(25, 50);
    for (int jvm = 0; jvm < Soak.times(2, 20); jvm++) {
      ChildJvm.Result ended = ChildJvm.run(Hooked.class, List.of(), Integer.toString(rings));
      assertEquals(0, ended.status(), ended.toString());
      assertEquals("closed " + rings + ", all pollers ended, {mapped=0}\n", ended.output());
    }
  }

  /** Polls rings, one of them with a producer at work, and ends: the hook closes them all. */
  static final class Hooked {
    private Hooked() {}

    public static void main(String[] args) throws Exception {
      List<BusyObject> objects = new ArrayList<>();
      List<RingBuffer> rings = new ArrayList<>();
      List<CompletableFuture<Boolean>> pollers = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(args[0]); i++) {
        BusyObject object = new BusyObject();
        RingBuffer ring = object.open();
        objects.add(object);
        rings.add(ring);
        pollers.add(
            Tasks.start(
                Thread.ofPlatform(),
                () -> {
                  ring.forEach((_, _, _) -> {});
                  return true;
                }));
      }
      CompletableFuture<Boolean> producer =
          Tasks.start(Thread.ofPlatform().daemon(), () -> produce(objects.getFirst()));
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform().unstarted(() -> end(rings, pollers, objects, producer)));
      Thread.sleep(ThreadLocalRandom.current().nextInt(100));
      System.exit(0);
    }

    private static boolean produce(BusyObject object) {
      while (true) {
        try {
          object.follow();
        } catch (IllegalStateException e) {
          return true; // the object is closed
        }
      }
    }

    private static void end(
        List<RingBuffer> rings,
        List<CompletableFuture<Boolean>> pollers,
        List<BusyObject> objects,
        CompletableFuture<Boolean> producer) {
      rings.forEach(RingBuffer::close);
      pollers.forEach(CompletableFuture::join);
      objects.forEach(BusyObject::close);
      producer.join(); // it held its object to the end of its last run
      Map<String, Integer> left = OwnResources.count();
      System.out.println("closed " + rings.size() + ", all pollers ended, " + left);
    }
  }
}
