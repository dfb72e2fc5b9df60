package io.github.bpf4j;

import io.github.bpf4j.error.Errno;
import io.github.bpf4j.libbpf.Lease;
import io.github.bpf4j.libbpf.MapCalls;
import io.github.bpf4j.libbpf.PossibleCpus;
import io.github.bpf4j.map.MapViews;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The raw operations of {@link BpfMap}: sizes checked, the descriptor held, one system call each,
 * nothing allocated.
 */
abstract class MapOperations implements MapViews {
  private static final int CPU_VALUE_ALIGNMENT = 8;

  final int fd;
  final Lease lease;
  private final BpfMapType type;
  private final int keySize;
  private final int positionBytes;
  private final int valueSize;
  private final long valueBytes;
  private final int maxEntries;

  MapOperations(int fd, Lease lease, MapShape shape) {
    this.fd = fd;
    this.lease = lease;
    this.type = shape.type();
    this.keySize = shape.keySize();
    this.positionBytes = Math.max(keySize, Integer.BYTES);
    this.valueSize = shape.valueSize();
    this.valueBytes = type.isPerCpu() ? perCpuBytes(valueSize) : valueSize;
    this.maxEntries = shape.maxEntries();
  }

  private static long perCpuBytes(int valueSize) {
    return (long) Math.ceilDiv(valueSize, CPU_VALUE_ALIGNMENT)
        * CPU_VALUE_ALIGNMENT
        * PossibleCpus.count();
  }

  @Override
  public final BpfMapType type() {
    return type;
  }

  @Override
  public final int keySize() {
    return keySize;
  }

  @Override
  public final int valueSize() {
    return valueSize;
  }

  @Override
  public final long valueBytes() {
    return valueBytes;
  }

  @Override
  public final int maxEntries() {
    return maxEntries;
  }

  @Override
  public final boolean lookup(MemorySegment key, MemorySegment value, long flags) {
    requireSize(key, keySize, "key");
    requireSize(value, valueBytes, "value");
    lease.acquire();
    try {
      return found(MapCalls.lookup(fd, key, value, flags), "look up a key in");
    } finally {
      lease.release();
    }
  }

  @Override
  public final boolean update(MemorySegment key, MemorySegment value, long flags) {
    requireSize(key, keySize, "key");
    requireSize(value, valueBytes, "value");
    lease.acquire();
    try {
      int result = MapCalls.update(fd, key, value, flags);
      if ((result == -Errno.EEXIST && (flags & Update.NO_EXIST.flags()) != 0)
          || (result == -Errno.ENOENT && (flags & Update.EXIST.flags()) != 0)) {
        return false;
      }
      check(result, "update");
      return true;
    } finally {
      lease.release();
    }
  }

  @Override
  public final boolean delete(MemorySegment key) {
    requireSize(key, keySize, "key");
    lease.acquire();
    try {
      return found(MapCalls.delete(fd, key), "delete a key from");
    } finally {
      lease.release();
    }
  }

  @Override
  public final boolean lookupAndDelete(MemorySegment key, MemorySegment value, long flags) {
    requireSize(key, keySize, "key");
    requireSize(value, valueBytes, "value");
    lease.acquire();
    try {
      return found(MapCalls.lookupAndDelete(fd, key, value, flags), "take an entry from");
    } finally {
      lease.release();
    }
  }

  @Override
  public final boolean firstKey(MemorySegment first) {
    return next(MemorySegment.NULL, first);
  }

  @Override
  public final boolean nextKey(MemorySegment key, MemorySegment next) {
    requireSize(key, keySize, "key");
    return next(key, next);
  }

  private boolean next(MemorySegment key, MemorySegment next) {
    requireSize(next, keySize, "next key");
    lease.acquire();
    try {
      return found(MapCalls.nextKey(fd, key, next), "walk");
    } finally {
      lease.release();
    }
  }

  @Override
  public final int lookupBatch(
      MemorySegment position,
      MemorySegment next,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      long flags) {
    requireBatch(keys, values, count);
    requirePositions(position, next);
    lease.acquire();
    try {
      return MapCalls.lookupBatch(fd, position, next, keys, values, count, flags);
    } finally {
      lease.release();
    }
  }

  @Override
  public final int lookupAndDeleteBatch(
      MemorySegment position,
      MemorySegment next,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      long flags) {
    requireBatch(keys, values, count);
    requirePositions(position, next);
    lease.acquire();
    try {
      return MapCalls.lookupAndDeleteBatch(fd, position, next, keys, values, count, flags);
    } finally {
      lease.release();
    }
  }

  @Override
  public final int updateBatch(
      MemorySegment keys, MemorySegment values, MemorySegment count, long flags) {
    requireBatch(keys, values, count);
    lease.acquire();
    try {
      return MapCalls.updateBatch(fd, keys, values, count, flags);
    } finally {
      lease.release();
    }
  }

  @Override
  public final int deleteBatch(MemorySegment keys, MemorySegment count) {
    requireKeys(keys, count);
    lease.acquire();
    try {
      return MapCalls.deleteBatch(fd, keys, count);
    } finally {
      lease.release();
    }
  }

  private boolean found(int result, String operation) {
    if (result == -Errno.ENOENT) {
      return false;
    }
    check(result, operation);
    return true;
  }

  final void check(int result, String operation) {
    if (result < 0) {
      throw failure(operation, -result);
    }
  }

  private void requirePositions(MemorySegment position, MemorySegment next) {
    if (position.address() != 0) {
      requireSize(position, positionBytes, "position");
    }
    requireSize(next, positionBytes, "next position");
  }

  private void requireBatch(MemorySegment keys, MemorySegment values, MemorySegment count) {
    requireSize(values, requireKeys(keys, count) * valueBytes, "values");
  }

  /** The number of keys. */
  private long requireKeys(MemorySegment keys, MemorySegment count) {
    requireSize(count, Integer.BYTES, "count");
    long room = Integer.toUnsignedLong(count.get(ValueLayout.JAVA_INT_UNALIGNED, 0));
    requireSize(keys, room * keySize, "keys");
    return room;
  }

  private void requireSize(MemorySegment segment, long needed, String what) {
    if (segment.byteSize() < needed || !segment.isNative()) {
      throw MapErrors.wrongSegment(this, segment, needed, what);
    }
  }
}
