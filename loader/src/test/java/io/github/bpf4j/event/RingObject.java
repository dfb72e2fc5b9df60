package io.github.bpf4j.event;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.bpf4j.BpfMap;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.BpfProgram;
import io.github.bpf4j.BpfTypes;
import io.github.bpf4j.OpenBpfObject;
import io.github.bpf4j.RunInput;
import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.testing.TestObjects;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;

/** {@code ring.c}: programs that send records, each run as often as a test wants. */
final class RingObject implements AutoCloseable {
  /** A record of 64 bytes with its header. */
  static final int SMALL_BYTES = 72;

  private static final RunInput ONCE = RunInput.packet(new byte[64]);

  private final BpfObject object;

  private RingObject(BpfObject object) {
    this.object = object;
  }

  /** Loads it with a ring of so many bytes. */
  static RingObject load(int ringBytes) {
    OpenBpfObject open = TestObjects.open("ring");
    open.map("events").maxEntries(ringBytes);
    return new RingObject(open.load());
  }

  BpfMap map(String name) {
    return object.map(name);
  }

  RingBuffer open() {
    return map("events").ringBuffer();
  }

  /** {@code struct small_record}. */
  record Small(long sequence, List<Long> following) {
    /** The one of a number. */
    static Small of(long sequence) {
      return new Small(
          sequence, LongStream.rangeClosed(1, 7).map(i -> sequence + i).boxed().toList());
    }
  }

  BpfTypes types() {
    return object.types();
  }

  Codec<Small> smallRecords() {
    return types().record("small_record", Small.class);
  }

  /** Runs a program so often; it tries to send a record each time. */
  void send(String program, int times) {
    BpfProgram found = object.program(program);
    found.run(ONCE.repeat(times));
  }

  /** What became of the records that a producer tried to send. */
  record Outcome(long tried, long submitted, long discarded, long dropped) {}

  Outcome outcome(int producer) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(JAVA_INT, producer);
      MemorySegment value = arena.allocate(JAVA_LONG, 4);
      object.map("outcomes").lookup(key, value);
      return new Outcome(
          value.getAtIndex(JAVA_LONG, 0),
          value.getAtIndex(JAVA_LONG, 1),
          value.getAtIndex(JAVA_LONG, 2),
          value.getAtIndex(JAVA_LONG, 3));
    }
  }

  @Override
  public void close() {
    object.close();
  }
}
