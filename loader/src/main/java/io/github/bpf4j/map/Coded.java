package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A map seen through codecs: the operations that typed views choose from.
 *
 * <p>Thread safety: all methods may be called from any thread, as the scratch memory of a call is
 * the caller's alone.
 */
final class Coded<K, V> {
  final RawMap map;
  final Codec<K> keys;
  final Codec<V> values;
  final Pool<Scratch> scratches;
  private final SpareCursor cursors;

  Coded(RawMap map, Codec<K> keys, Codec<V> values) {
    this.map = map;
    this.keys = keys;
    this.values = values;
    this.scratches = Scratch.pool(map);
    this.cursors = new SpareCursor(map);
  }

  Optional<V> lookup(K key) {
    Scratch scratch = scratches.take();
    try {
      keys.write(scratch.key, 0, key);
      return map.lookup(scratch.key, scratch.value)
          ? Optional.of(values.read(scratch.value, 0))
          : Optional.empty();
    } finally {
      scratches.give(scratch);
    }
  }

  boolean update(K key, V value, Update mode) {
    Scratch scratch = scratches.take();
    try {
      keys.write(scratch.key, 0, key);
      values.write(scratch.value, 0, value);
      return map.update(scratch.key, scratch.value, mode);
    } finally {
      scratches.give(scratch);
    }
  }

  boolean delete(K key) {
    Scratch scratch = scratches.take();
    try {
      keys.write(scratch.key, 0, key);
      return map.delete(scratch.key);
    } finally {
      scratches.give(scratch);
    }
  }

  Optional<V> lookupAndDelete(K key) {
    Scratch scratch = scratches.take();
    try {
      keys.write(scratch.key, 0, key);
      return map.lookupAndDelete(scratch.key, scratch.value, 0)
          ? Optional.of(values.read(scratch.value, 0))
          : Optional.empty();
    } finally {
      scratches.give(scratch);
    }
  }

  Snapshot<K, V> snapshot() {
    List<Map.Entry<K, V>> entries = new ArrayList<>();
    boolean complete = forEach((key, value) -> entries.add(Map.entry(key, value)));
    return new Snapshot<>(map.name(), entries, complete);
  }

  Snapshot<K, V> drain() {
    List<Map.Entry<K, V>> entries = new ArrayList<>();
    boolean complete =
        forEach(EntryCursor.draining(map), (key, value) -> entries.add(Map.entry(key, value)));
    return new Snapshot<>(map.name(), entries, complete);
  }

  boolean forEach(BiConsumer<? super K, ? super V> action) {
    EntryCursor cursor = cursors.take();
    boolean complete = forEach(cursor, action);
    cursors.give(cursor);
    return complete;
  }

  private boolean forEach(EntryCursor cursor, BiConsumer<? super K, ? super V> action) {
    while (cursor.next()) {
      action.accept(
          keys.read(cursor.keys(), cursor.keyOffset()),
          values.read(cursor.values(), cursor.valueOffset()));
    }
    return cursor.isComplete();
  }
}
