package io.github.bpf4j.map;

import io.github.bpf4j.error.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * By batches, a system call for each chunk. In a hash the kernel goes from bucket to bucket and
 * copies each whole under its lock; a bucket that is larger than the chunk is {@code -ENOSPC}.
 */
final class BatchFeed implements Feed {
  /** What kernels of before 6.13 answer for a trie whose entries go away too fast. */
  private static final int EINTR = 4;

  private static final int INTERRUPTIONS = 100;

  private final RawMap map;
  private final boolean take;
  private final MemorySegment position;
  private final MemorySegment count = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
  private boolean started;
  private boolean supported = true;

  BatchFeed(RawMap map, boolean take) {
    this.map = map;
    this.take = take;
    this.position = Arena.ofAuto().allocate(Math.max(map.keySize(), Integer.BYTES), Integer.BYTES);
  }

  /** False once kernel or type were found to have no batches; the chunk is then empty. */
  boolean isSupported() {
    return supported;
  }

  @Override
  public void rewind() {
    started = false;
  }

  @Override
  public boolean fill(Chunk chunk) {
    for (int interruptions = 0; ; ) {
      int result = call(chunk);
      if (result == 0 || (result == -EINTR && chunk.count > 0)) {
        started = true;
        return true;
      }
      switch (-result) {
        case Errno.ENOENT -> {
          return false;
        }
        case Errno.ENOSPC -> chunk.grow();
        case EINTR -> {
          if (++interruptions > INTERRUPTIONS) {
            throw failure(-result);
          }
        }
        case Errno.EINVAL, Errno.ENOTSUPP, Errno.EOPNOTSUPP -> {
          if (started) {
            throw failure(-result);
          }
          supported = false;
          chunk.count = 0;
          return false;
        }
        default -> throw failure(-result);
      }
    }
  }

  private int call(Chunk chunk) {
    MemorySegment from = started ? position : MemorySegment.NULL;
    count.set(ValueLayout.JAVA_INT, 0, chunk.capacity());
    int result =
        take
            ? map.lookupAndDeleteBatch(from, position, chunk.keys(), chunk.values(), count, 0)
            : map.lookupBatch(from, position, chunk.keys(), chunk.values(), count, 0);
    chunk.count = count.get(ValueLayout.JAVA_INT, 0);
    chunk.steps = chunk.count;
    return result;
  }

  private RuntimeException failure(int errno) {
    return map.failure(take ? "take entries from" : "read entries of", errno);
  }
}
