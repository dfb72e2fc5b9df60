package io.github.bpf4j.testing;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.bpf4j.BpfMap;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.map.Update;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the programs of an object noted, in the order of time; see {@code trail.h}. */
public final class Trail {
  private static final int TRIES = 1000;
  private static final int PAUSE_MILLIS = 10;

  private final BpfMap trail;

  public Trail(BpfObject object) {
    this.trail = object.map("trail");
  }

  /** An object whose programs note only what this process does. */
  public static Trail ofThisProcess(BpfObject object) {
    return of(object, ProcessHandle.current().pid());
  }

  /** An object whose programs note only what a process does. */
  public static Trail of(BpfObject object, long pid) {
    try (Arena arena = Arena.ofConfined()) {
      object
          .map("watched")
          .update(
              arena.allocateFrom(JAVA_INT, 0), arena.allocateFrom(JAVA_INT, (int) pid), Update.ANY);
    }
    return new Trail(object);
  }

  /**
   * One call of a program.
   *
   * @param who which program, by the number that it gives itself
   * @param value what it noted
   */
  public record Step(long nanos, long who, long value) {}

  /** All so far, oldest first. */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(trail.keySize(), Long.BYTES);
      MemorySegment next = arena.allocate(trail.keySize(), Long.BYTES);
      MemorySegment value = arena.allocate(JAVA_LONG);
      boolean more = trail.firstKey(next);
      while (more) {
        key.copyFrom(next);
        if (trail.lookup(key, value)) {
          steps.add(
              new Step(
                  key.get(JAVA_LONG, 0), key.get(JAVA_LONG, Long.BYTES), value.get(JAVA_LONG, 0)));
        }
        more = trail.nextKey(key, next);
      }
    }
    steps.sort(Comparator.comparingLong(Step::nanos));
    return steps;
  }

  /** Who noted something, oldest first. */
  public List<Long> who() {
    return steps().stream().map(Step::who).toList();
  }

  /** What a program noted, oldest first. */
  public List<Long> values(long who) {
    return steps().stream().filter(step -> step.who() == who).map(Step::value).toList();
  }

  /** Waits until a program has noted so much, for events that come by themselves. */
  public void await(long who, int times) throws InterruptedException {
    for (int i = 0; i < TRIES && values(who).size() < times; i++) {
      Thread.sleep(PAUSE_MILLIS);
    }
    if (values(who).size() < times) {
      throw new AssertionError(
          "program " + who + " was not called " + times + " times: " + steps());
    }
  }

  /** Forgets all so far. */
  public void clear() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(trail.keySize(), Long.BYTES);
      while (trail.firstKey(key)) {
        trail.delete(key);
      }
    }
  }
}
