package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.map.RawMap;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.MemorySegment;

/** A real map as on a kernel that is too old for its batches. */
record WithoutBatches(RawMap map) implements RawMap {
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
    return map.lookup(key, value, flags);
  }

  @Override
  public boolean update(MemorySegment key, MemorySegment value, long flags) {
    return map.update(key, value, flags);
  }

  @Override
  public boolean delete(MemorySegment key) {
    return map.delete(key);
  }

  @Override
  public boolean lookupAndDelete(MemorySegment key, MemorySegment value, long flags) {
    return map.lookupAndDelete(key, value, flags);
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
    return -Errno.ENOTSUPP;
  }

  @Override
  public int lookupAndDeleteBatch(
      MemorySegment position,
      MemorySegment next,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      long flags) {
    return -Errno.ENOTSUPP;
  }

  @Override
  public int updateBatch(
      MemorySegment keys, MemorySegment values, MemorySegment count, long flags) {
    return -Errno.ENOTSUPP;
  }

  @Override
  public int deleteBatch(MemorySegment keys, MemorySegment count) {
    return -Errno.ENOTSUPP;
  }

  @Override
  public BpfException failure(String operation, int errno) {
    return map.failure(operation, errno);
  }
}
