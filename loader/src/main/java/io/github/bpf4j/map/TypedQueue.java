package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@code QUEUE} (first in, first out) or a {@code STACK} (last in, first out; kernel 4.20).
 *
 * <p>Thread safety: all methods may be called from any thread; what one thread pops no other does.
 *
 * @param <V> the values
 */
public final class TypedQueue<V> {
  private final RawMap map;
  private final Codec<V> values;
  private final Pool<Scratch> scratches;

  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when type or size are others
   */
  public TypedQueue(RawMap map, Codec<V> values) {
    Requirement.type(map, "a queue or stack", BpfMapType.QUEUE, BpfMapType.STACK);
    Requirement.valueSize(map, "a queue or stack", values);
    this.map = map;
    this.values = values;
    this.scratches = Scratch.pool(map);
  }

  /**
   * Adds a value.
   *
   * @throws io.github.bpf4j.error.BpfException with errno E2BIG when it is full
   */
  public void push(V value) {
    push(value, Update.ANY);
  }

  /** Adds a value; when it is full, the oldest one makes room for it. */
  public void pushOver(V value) {
    push(value, Update.EXIST);
  }

  private void push(V value, Update mode) {
    Scratch scratch = scratches.take();
    try {
      values.write(scratch.value, 0, value);
      map.update(scratch.key, scratch.value, mode);
    } finally {
      scratches.give(scratch);
    }
  }

  /** Takes the next value out; empty when there is none. */
  public Optional<V> pop() {
    Scratch scratch = scratches.take();
    try {
      return map.lookupAndDelete(scratch.key, scratch.value, 0)
          ? Optional.of(values.read(scratch.value, 0))
          : Optional.empty();
    } finally {
      scratches.give(scratch);
    }
  }

  /** Reads the next value and leaves it; empty when there is none. */
  public Optional<V> peek() {
    Scratch scratch = scratches.take();
    try {
      return map.lookup(scratch.key, scratch.value)
          ? Optional.of(values.read(scratch.value, 0))
          : Optional.empty();
    } finally {
      scratches.give(scratch);
    }
  }

  /**
   * Takes values out until there is none, and at most as many as it holds: others that push
   * meanwhile do not hold this call up.
   */
  public List<V> drain() {
    List<V> drained = new ArrayList<>();
    for (int i = 0; i < map.maxEntries(); i++) {
      Optional<V> next = pop();
      if (next.isEmpty()) {
        break;
      }
      drained.add(next.get());
    }
    return drained;
  }
}
