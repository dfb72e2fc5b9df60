package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A map whose values are descriptors on the way in, and ids or cookies on the way out.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
final class Slots<K> {
  private final RawMap map;
  private final String view;
  private final Codec<K> keys;
  private final UnsignedNumber value;
  private final Pool<Scratch> scratches;

  Slots(RawMap map, String view, Codec<K> keys, BpfMapType type) {
    Requirement.type(map, view, type);
    Requirement.keySize(map, view, keys);
    this.map = map;
    this.view = view;
    this.keys = keys;
    this.value = Requirement.number(map, view, "value", map.valueSize());
    this.scratches = Scratch.pool(map);
  }

  RawMap map() {
    return map;
  }

  boolean set(K key, Descriptor held, Update mode) {
    Scratch scratch = scratches.take();
    try {
      keys.write(scratch.key, 0, key);
      return held.withFd(
          fd -> {
            value.set(scratch.value, 0, fd);
            return map.update(scratch.key, scratch.value, mode);
          });
    } finally {
      scratches.give(scratch);
    }
  }

  boolean clear(K key) {
    Scratch scratch = scratches.take();
    try {
      keys.write(scratch.key, 0, key);
      return map.delete(scratch.key);
    } catch (BpfException e) {
      // What a SOCKMAP says of a slot that is empty.
      if (map.type() == BpfMapType.SOCKMAP && e.errno().orElse(0) == Errno.EINVAL) {
        return false;
      }
      throw e;
    } finally {
      scratches.give(scratch);
    }
  }

  /** The id of what is there. */
  OptionalLong id(K key) {
    Scratch scratch = scratches.take();
    try {
      keys.write(scratch.key, 0, key);
      return map.lookup(scratch.key, scratch.value)
          ? OptionalLong.of(value.get(scratch.value, 0))
          : OptionalLong.empty();
    } finally {
      scratches.give(scratch);
    }
  }

  static OptionalInt toInt(OptionalLong id) {
    return id.isPresent() ? OptionalInt.of((int) id.getAsLong()) : OptionalInt.empty();
  }

  /** The cookie of the socket that is there. */
  OptionalLong cookie(K key) {
    if (value != UnsignedNumber.U64) {
      throw Requirement.refused(
          map, view, "the kernel tells a socket's cookie only where values have 8 bytes, not 4");
    }
    return id(key);
  }
}
