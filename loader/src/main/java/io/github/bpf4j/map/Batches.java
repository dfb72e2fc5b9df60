package io.github.bpf4j.map;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Many entries at once: in batches where kernel and type have them, one by one otherwise.
 *
 * <p>The kernel tells the two apart by the count: one that it left as it was means that it did not
 * begin; else it is the number of the entry that failed. It has no batches for {@code BPF_NOEXIST}
 * and {@code BPF_EXIST}.
 *
 * <p>One use by one thread.
 */
final class Batches<K, V> {
  private final Coded<K, V> coded;
  private final Chunk chunk;
  private final MemorySegment count = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

  Batches(Coded<K, V> coded, int entries) {
    this.coded = coded;
    this.chunk = new Chunk(coded.map, entries);
  }

  /** Writes entries in the order in which the map gives them, up to the first that fails. */
  BatchResult<K> update(Map<? extends K, ? extends V> entries, Update mode) {
    Iterator<? extends Map.Entry<? extends K, ? extends V>> rest = entries.entrySet().iterator();
    int done = 0;
    while (rest.hasNext()) {
      for (chunk.count = 0; rest.hasNext() && !chunk.isFull(); chunk.count++) {
        Map.Entry<? extends K, ? extends V> entry = rest.next();
        coded.keys.write(chunk.keys(), chunk.keyOffset(chunk.count), entry.getKey());
        coded.values.write(chunk.values(), chunk.valueOffset(chunk.count), entry.getValue());
      }
      Optional<BpfException> reason = updateChunk(mode);
      int written = written();
      done += written;
      if (reason.isPresent()) {
        K failed = coded.keys.read(chunk.keys(), chunk.keyOffset(written));
        return new BatchResult<>(done, failed, reason.get());
      }
    }
    return new BatchResult<>(done, null, null);
  }

  private Optional<BpfException> updateChunk(Update mode) {
    setWritten(chunk.count);
    int result = coded.map.updateBatch(chunk.keys(), chunk.values(), count, mode.flags());
    if (result == 0) {
      return Optional.empty();
    }
    return written() == chunk.count
        ? updateEach(mode)
        : Optional.of(coded.map.failure("update", -result));
  }

  private Optional<BpfException> updateEach(Update mode) {
    for (int index = 0; index < chunk.count; index++) {
      setWritten(index);
      try {
        if (!coded.map.update(chunk.key(index), chunk.value(index), mode)) {
          int errno = mode == Update.NO_EXIST ? Errno.EEXIST : Errno.ENOENT;
          return Optional.of(coded.map.failure("update", errno));
        }
      } catch (BpfException e) {
        return Optional.of(e);
      }
    }
    setWritten(chunk.count);
    return Optional.empty();
  }

  /** Removes the entries of all keys that are there, and says how many. */
  int delete(Collection<? extends K> keys) {
    Iterator<? extends K> rest = keys.iterator();
    int done = 0;
    while (rest.hasNext()) {
      for (chunk.count = 0; rest.hasNext() && !chunk.isFull(); chunk.count++) {
        coded.keys.write(chunk.keys(), chunk.keyOffset(chunk.count), rest.next());
      }
      done += deleteChunk();
    }
    return done;
  }

  // A key that is not there ends the kernel's batch, and a new one begins behind it.
  private int deleteChunk() {
    int done = 0;
    int first = 0;
    while (first < chunk.count) {
      setWritten(chunk.count - first);
      int result = coded.map.deleteBatch(chunk.keysFrom(first), count);
      if (result < 0 && written() == chunk.count - first) {
        return done + deleteEach(first);
      }
      if (result < 0 && result != -Errno.ENOENT) {
        throw coded.map.failure("delete keys from", -result);
      }
      done += written();
      first += written() + 1;
    }
    return done;
  }

  private int deleteEach(int first) {
    int done = 0;
    for (int index = first; index < chunk.count; index++) {
      done += coded.map.delete(chunk.key(index)) ? 1 : 0;
    }
    return done;
  }

  private int written() {
    return count.get(ValueLayout.JAVA_INT, 0);
  }

  private void setWritten(int entries) {
    count.set(ValueLayout.JAVA_INT, 0, entries);
  }
}
