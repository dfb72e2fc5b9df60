package io.github.bpf4j.map;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import io.github.bpf4j.error.Errno;
import io.github.bpf4j.uapi.BpfMapType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A map without a kernel, of keys in order: for what a kernel does rarely, or did long ago. A hash
 * has one bucket for each {@code bucket} keys.
 */
final class FakeMap implements RawMap {
  static final HexFormat HEX = HexFormat.of();

  /** Keys in hexadecimal. */
  final Map<String, byte[]> entries = new TreeMap<>();

  private final BpfMapType type;
  private final int keySize;
  private final int valueSize;
  private final int maxEntries;

  /** What batches are answered, instead of being done; 0 to do them. */
  int batchErrno;

  /** How many entries make a bucket that a batch takes whole or not at all. */
  int bucket = 1;

  /** Runs before each system call, as others do. */
  Runnable others = () -> {};

  /** System calls so far. */
  int calls;

  FakeMap(BpfMapType type, int keySize, int valueSize, int maxEntries) {
    this.type = type;
    this.keySize = keySize;
    this.valueSize = valueSize;
    this.maxEntries = maxEntries;
  }

  void put(byte[] key, byte[] value) {
    entries.put(HEX.formatHex(key), value);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public BpfMapType type() {
    return type;
  }

  @Override
  public int keySize() {
    return keySize;
  }

  @Override
  public int valueSize() {
    return valueSize;
  }

  @Override
  public long valueBytes() {
    return valueSize;
  }

  @Override
  public int maxEntries() {
    return maxEntries;
  }

  @Override
  public boolean lookup(MemorySegment key, MemorySegment value, long flags) {
    enter();
    byte[] found = entries.get(bytes(key, 0));
    if (found == null) {
      return false;
    }
    value.copyFrom(MemorySegment.ofArray(found));
    return true;
  }

  @Override
  public boolean update(MemorySegment key, MemorySegment value, long flags) {
    enter();
    boolean there = entries.containsKey(bytes(key, 0));
    if (flags == (there ? Update.NO_EXIST : Update.EXIST).flags()) {
      return false;
    }
    if (!there && entries.size() == maxEntries) {
      throw failure("update", Errno.E2BIG);
    }
    entries.put(bytes(key, 0), value.asSlice(0, valueSize).toArray(JAVA_BYTE));
    return true;
  }

  @Override
  public boolean delete(MemorySegment key) {
    enter();
    return entries.remove(bytes(key, 0)) != null;
  }

  @Override
  public boolean lookupAndDelete(MemorySegment key, MemorySegment value, long flags) {
    return lookup(key, value, flags) && entries.remove(bytes(key, 0)) != null;
  }

  @Override
  public boolean firstKey(MemorySegment first) {
    enter();
    return give(entries.keySet().stream().toList(), 0, first);
  }

  @Override
  public boolean nextKey(MemorySegment key, MemorySegment next) {
    enter();
    List<String> keys = entries.keySet().stream().toList();
    return give(keys, keys.indexOf(bytes(key, 0)) + 1, next);
  }

  private static boolean give(List<String> keys, int index, MemorySegment into) {
    if (index >= keys.size()) {
      return false;
    }
    into.copyFrom(MemorySegment.ofArray(HEX.parseHex(keys.get(index))));
    return true;
  }

  @Override
  public int lookupBatch(
      MemorySegment position,
      MemorySegment next,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      long flags) {
    return batch(position, next, keys, values, count, false);
  }

  @Override
  public int lookupAndDeleteBatch(
      MemorySegment position,
      MemorySegment next,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      long flags) {
    return batch(position, next, keys, values, count, true);
  }

  // The position is the number of the next entry; what is taken leaves nothing before it.
  private int batch(
      MemorySegment position,
      MemorySegment next,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      boolean take) {
    enter();
    int room = count.get(JAVA_INT_UNALIGNED, 0);
    if (batchErrno != 0) {
      count.set(JAVA_INT_UNALIGNED, 0, 0);
      return -batchErrno;
    }
    int start = position.address() == 0 || take ? 0 : position.get(JAVA_INT_UNALIGNED, 0);
    List<String> all = new ArrayList<>(entries.keySet());
    int copied = 0;
    while (start + copied < all.size() && copied + bucketAt(start + copied, all) <= room) {
      for (int rest = bucketAt(start + copied, all); rest > 0; rest--) {
        String key = all.get(start + copied);
        copy(HEX.parseHex(key), keys, (long) copied * keySize);
        copy(Objects.requireNonNull(entries.get(key)), values, (long) copied * valueSize);
        if (take) {
          entries.remove(key);
        }
        copied++;
      }
    }
    count.set(JAVA_INT_UNALIGNED, 0, copied);
    next.set(JAVA_INT_UNALIGNED, 0, start + copied);
    if (start + copied >= all.size()) {
      return -Errno.ENOENT;
    }
    return copied == 0 ? -Errno.ENOSPC : 0;
  }

  private int bucketAt(int index, List<String> all) {
    return Math.min(bucket, all.size() - index);
  }

  @Override
  public int updateBatch(
      MemorySegment keys, MemorySegment values, MemorySegment count, long flags) {
    enter();
    int wanted = count.get(JAVA_INT_UNALIGNED, 0);
    if (batchErrno != 0) {
      return -batchErrno;
    }
    for (int i = 0; i < wanted; i++) {
      count.set(JAVA_INT_UNALIGNED, 0, i);
      String key = bytes(keys, (long) i * keySize);
      boolean there = entries.containsKey(key);
      if (flags == Update.NO_EXIST.flags() && there) {
        return -Errno.EEXIST;
      }
      if (flags == Update.EXIST.flags() && !there) {
        return -Errno.ENOENT;
      }
      if (!there && entries.size() == maxEntries) {
        return -Errno.E2BIG;
      }
      entries.put(key, values.asSlice((long) i * valueSize, valueSize).toArray(JAVA_BYTE));
    }
    count.set(JAVA_INT_UNALIGNED, 0, wanted);
    return 0;
  }

  @Override
  public int deleteBatch(MemorySegment keys, MemorySegment count) {
    enter();
    int wanted = count.get(JAVA_INT_UNALIGNED, 0);
    if (batchErrno != 0) {
      return -batchErrno;
    }
    for (int i = 0; i < wanted; i++) {
      count.set(JAVA_INT_UNALIGNED, 0, i);
      if (entries.remove(bytes(keys, (long) i * keySize)) == null) {
        return -Errno.ENOENT;
      }
    }
    count.set(JAVA_INT_UNALIGNED, 0, wanted);
    return 0;
  }

  private void enter() {
    calls++;
    others.run();
  }

  private String bytes(MemorySegment segment, long offset) {
    return HEX.formatHex(segment.asSlice(offset, keySize).toArray(JAVA_BYTE));
  }

  private static void copy(byte[] bytes, MemorySegment into, long offset) {
    MemorySegment.copy(bytes, 0, into, JAVA_BYTE, offset, bytes.length);
  }
}
