package io.github.bpf4j.event;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfMap;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.RunInput;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** {@code perf.c}: programs that send samples from the CPU that a test chooses. */
final class PerfObject implements AutoCloseable {
  private static final RunInput ONCE = RunInput.packet(new byte[64]);

  private final BpfObject object = TestObjects.load("perf");

  /** What became of the samples of a CPU. */
  record Outcome(long sent, long noRoom, long noReader, long other) {}

  BpfMap map(String name) {
    return object.map(name);
  }

  PerfBuffer open() {
    return map("events").perfBuffer(PerfBufferOptions.defaults());
  }

  /** Runs a program so often on a CPU, on another thread. */
  CompletableFuture<Boolean> start(int cpu, String program, int times) {
    return Tasks.start(
        Thread.ofPlatform(),
        () -> {
          pinTo(cpu);
          object.program(program).run(ONCE.repeat(times));
          return true;
        });
  }

  /** Runs it to its end. */
  void send(int cpu, String program, int times) {
    assertTrue(start(cpu, program, times).join());
  }

  private static void pinTo(int cpu) throws IOException {
    String thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString();
    Commands.run("taskset", "-p", "-c", Integer.toString(cpu), thread);
  }

  Outcome outcome(int cpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_LONG, 4);
      map("outcomes").lookup(arena.allocateFrom(JAVA_INT, cpu), value);
      return new Outcome(
          value.getAtIndex(JAVA_LONG, 0),
          value.getAtIndex(JAVA_LONG, 1),
          value.getAtIndex(JAVA_LONG, 2),
          value.getAtIndex(JAVA_LONG, 3));
    }
  }

  /** A sample as it came; checks that it is whole. */
  record Sample(int cpu, long number, int bytes) {
    static Sample of(MemorySegment data, long offset, int length) {
      int number = data.get(JAVA_INT, offset);
      int bytes = Short.toUnsignedInt(data.get(JAVA_SHORT, offset + 6));
      assertTrue(length >= bytes && length < bytes + 8, length + " for " + bytes);
      assertEquals(0, (data.address() + offset) % 8);
      for (int i = 2; i < bytes / 4; i++) {
        assertEquals(number + i - 1, data.get(JAVA_INT, offset + 4L * i));
      }
      return new Sample(data.get(JAVA_SHORT, offset + 4), Integer.toUnsignedLong(number), bytes);
    }
  }

  @Override
  public void close() {
    object.close();
  }
}
