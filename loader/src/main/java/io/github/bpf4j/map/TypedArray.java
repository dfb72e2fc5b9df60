package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;

/**
 * An {@code ARRAY}: all its entries are always there, zeros at first, and none can be removed.
 *
 * <p>Thread safety: as {@link TypedMap}.
 *
 * @param <V> the values
 */
public final class TypedArray<V> extends TypedMap<Integer, V> {
  /**
   * A view of a map.
   *
   * @throws io.github.bpf4j.error.BpfException when type or size are others
   */
  public TypedArray(RawMap map, Codec<V> values) {
    super(map, Codec.s32(), values, map.valueSize());
    Requirement.type(map, "an array", BpfMapType.ARRAY);
  }

  /** How many entries there are. */
  public int size() {
    return coded.map.maxEntries();
  }

  /**
   * Reads a value.
   *
   * @throws IndexOutOfBoundsException when there is no such index
   */
  public V get(int index) {
    return coded.lookup(Requirement.slot(coded.map, index)).orElseThrow();
  }

  /**
   * Writes a value.
   *
   * @throws IndexOutOfBoundsException when there is no such index
   */
  public void set(int index, V value) {
    coded.update(Requirement.slot(coded.map, index), value, Update.ANY);
  }
}
