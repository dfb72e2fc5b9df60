package io.github.bpf4j.map;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.MemorySegment;

/** A map whose values are copied under their {@code bpf_spin_lock}: {@code BPF_F_LOCK}. */
record LockedMap(RawMap map) implements MapViews {
  private static final long LOCK = 4;

  @Override
  public String name() {
    return map.name();
  }

  @Override
  public BpfMapType type() {
    return map.type();
  }

  @Override
  public int keySize() {
    return map.keySize();
  }

  @Override
  public int valueSize() {
    return map.valueSize();
  }

  @Override
  public long valueBytes() {
    return map.valueBytes();
  }

  @Override
  public int maxEntries() {
    return map.maxEntries();
  }

  @Override
  public boolean lookup(MemorySegment key, MemorySegment value, long flags) {
    return map.lookup(key, value, flags | LOCK);
  }

  @Override
  public boolean update(MemorySegment key, MemorySegment value, long flags) {
    return map.update(key, value, flags | LOCK);
  }

  @Override
  public boolean delete(MemorySegment key) {
    return map.delete(key);
  }

  @Override
  public boolean lookupAndDelete(MemorySegment key, MemorySegment value, long flags) {
    return map.lookupAndDelete(key, value, flags | LOCK);
  }

  @Override
  public boolean firstKey(MemorySegment first) {
    return map.firstKey(first);
  }

  @Override
  public boolean nextKey(MemorySegment key, MemorySegment next) {
    return map.nextKey(key, next);
  }

  @Override
  public int lookupBatch(
      MemorySegment position,
      MemorySegment next,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      long flags) {
    return map.lookupBatch(position, next, keys, values, count, flags | LOCK);
  }

  @Override
  public int lookupAndDeleteBatch(
      MemorySegment position,
      MemorySegment next,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      long flags) {
    return map.lookupAndDeleteBatch(position, next, keys, values, count, flags | LOCK);
  }

  @Override
  public int updateBatch(
      MemorySegment keys, MemorySegment values, MemorySegment count, long flags) {
    return map.updateBatch(keys, values, count, flags | LOCK);
  }

  @Override
  public int deleteBatch(MemorySegment keys, MemorySegment count) {
    return map.deleteBatch(keys, count);
  }

  @Override
  public BpfException failure(String operation, int errno) {
    return map.failure(operation, errno);
  }
}
