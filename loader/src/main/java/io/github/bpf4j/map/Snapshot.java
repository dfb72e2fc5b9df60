package io.github.bpf4j.map;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of a map as they were when it was read, each key once.
 *
 * <p>A map is not read in one moment while others change it: {@link #isComplete} says what can be
 * said all the same, and {@link EntryCursor} for which types.
 *
 * <p>Immutable.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class Snapshot<K, V> implements Iterable<Map.Entry<K, V>> {
  private final String map;
  private final List<Map.Entry<K, V>> entries;
  private final boolean complete;

  Snapshot(String map, List<Map.Entry<K, V>> entries, boolean complete) {
    this.map = map;
    this.entries = Collections.unmodifiableList(entries);
    this.complete = complete;
  }

  /**
   * Whether each entry that stayed in the map while it was read is in here. False when others
   * changed the map so fast that the reading gave up.
   */
  public boolean isComplete() {
    return complete;
  }

  /** How many entries there are. */
  public int size() {
    return entries.size();
  }

  /** The entries, in the map's own order. */
  public List<Map.Entry<K, V>> entries() {
    return entries;
  }

  /**
   * The entries by key, in the map's own order.
   *
   * @throws IllegalStateException when two keys that differ in the kernel are equal in Java
   */
  public Map<K, V> toMap() {
    Map<K, V> byKey = LinkedHashMap.newLinkedHashMap(entries.size());
    for (Map.Entry<K, V> entry : entries) {
      if (byKey.put(entry.getKey(), entry.getValue()) != null) {
        throw new IllegalStateException(
            "map " + map + " has two keys that the codec reads as the same one: " + entry.getKey());
      }
    }
    return Collections.unmodifiableMap(byKey);
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return entries.iterator();
  }

  @Override
  public String toString() {
    return size() + " entries of map " + map + (complete ? "" : " (incomplete)");
  }
}
