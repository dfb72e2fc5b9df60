package io.github.bpf4j.event;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.bpf4j.BpfObject;
import io.github.bpf4j.RunInput;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.Arena;
import java.util.concurrent.CompletableFuture;

/** {@code ring_busy.c}: a program that stays at work on a record until it is told what to do. */
final class BusyObject implements AutoCloseable {
  private static final RunInput ONCE = RunInput.packet(new byte[64]);

  /** What becomes of the record. */
  enum Fate {
    SUBMIT(1),
    DISCARD(2);

    private final long number;

    Fate(long number) {
      this.number = number;
    }
  }

  private final BpfObject object = TestObjects.load("ring_busy");

  RingBuffer open() {
    return object.map("events").ringBuffer();
  }

  /** Begins a record on another thread, and returns when the program is at work on it. */
  CompletableFuture<Void> hold(RingBuffer ring) {
    long before = ring.fill().producerPosition();
    CompletableFuture<Void> held =
        CompletableFuture.runAsync(() -> object.program("hold").run(ONCE));
    while (ring.fill().producerPosition() == before) {
      Thread.onSpinWait();
    }
    return held;
  }

  /** Sends a record that lies behind it. */
  void follow() {
    object.program("follow").run(ONCE);
  }

  void decide(Fate fate) {
    try (Arena arena = Arena.ofConfined()) {
      object
          .map("fate")
          .update(
              arena.allocateFrom(JAVA_INT, 0),
              arena.allocateFrom(JAVA_LONG, fate.number),
              Update.ANY);
    }
  }

  @Override
  public void close() {
    object.close();
  }
}
