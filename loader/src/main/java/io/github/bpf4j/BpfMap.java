package io.github.bpf4j;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.Lease;
import io.github.bpf4j.libbpf.MapCalls;
import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.libbpf.PossibleCpus;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.MapInfo;
import java.lang.foreign.MemorySegment;

/**
 * A map in the kernel; a view that its {@link BpfObject} owns.
 *
 * <p>The operations here take the caller's own native segments and allocate nothing: a key of
 * {@link #keySize} bytes, a value of {@link #valueBytes} bytes, both as the BPF program sees them,
 * in this machine's byte order. A key that is not there is an answer, not an error.
 *
 * <p>Thread safety: all methods may be called from any thread; each is one system call, atomic for
 * one entry as the kernel makes it.
 */
public final class BpfMap {
  /** What {@link #update} may find: {@code BPF_ANY}, {@code BPF_NOEXIST}, {@code BPF_EXIST}. */
  public enum Update {
    /** Make a new entry or change the one there is. */
    ANY(0),
    /** Make a new entry only. */
    NO_EXIST(1),
    /** Change an entry only. */
    EXIST(2);

    private final long flag;

    Update(long flag) {
      this.flag = flag;
    }
  }

  private static final int CPU_VALUE_ALIGNMENT = 8;

  private final MapHandle handle;
  private final Lease lease;
  private final BpfMapType type;
  private final int keySize;
  private final int valueSize;
  private final long valueBytes;
  private final int maxEntries;
  private final int fd;

  BpfMap(MapHandle handle) {
    this.handle = handle;
    this.lease = handle.lease();
    this.type = BpfMapType.of(handle.type());
    this.keySize = handle.keySize();
    this.valueSize = handle.valueSize();
    this.valueBytes = isPerCpu() ? perCpuBytes(valueSize) : valueSize;
    this.maxEntries = handle.maxEntries();
    this.fd = handle.fd();
  }

  private static long perCpuBytes(int valueSize) {
    return (long) Math.ceilDiv(valueSize, CPU_VALUE_ALIGNMENT)
        * CPU_VALUE_ALIGNMENT
        * PossibleCpus.count();
  }

  /** The name of the C variable, whole; the kernel keeps 15 characters of it. */
  public String name() {
    return handle.name();
  }

  public BpfMapType type() {
    return type;
  }

  /** Bytes of a key. */
  public int keySize() {
    return keySize;
  }

  /** Bytes of a value; of one CPU's value in a per-CPU map. */
  public int valueSize() {
    return valueSize;
  }

  /**
   * Bytes that one value takes in the caller's segment: {@link #valueSize}, or for a per-CPU map
   * that size rounded up to a multiple of 8, times the possible CPUs, the value of CPU 0 first.
   */
  public long valueBytes() {
    return valueBytes;
  }

  /** How many entries it holds at most. */
  public int maxEntries() {
    return maxEntries;
  }

  /** Whether each CPU has a value of its own. */
  public boolean isPerCpu() {
    return switch (type) {
      case PERCPU_ARRAY, PERCPU_HASH, LRU_PERCPU_HASH, PERCPU_CGROUP_STORAGE -> true;
      default -> false;
    };
  }

  /**
   * The file descriptor, for calls that bpf4j does not make. It is the object's: do not close it,
   * do not use it after the object is closed.
   */
  public int fd() {
    return fd;
  }

  Lease lease() {
    return lease;
  }

  /** What the kernel says of it. */
  public MapInfo info() {
    lease.acquire();
    try {
      return KernelObjects.mapInfo(fd);
    } finally {
      lease.release();
    }
  }

  /**
   * Reads an entry.
   *
   * @param value receives {@link #valueBytes} bytes
   * @return false when there is no such key
   */
  public boolean lookup(MemorySegment key, MemorySegment value) {
    requireSize(key, keySize, "key");
    requireSize(value, valueBytes, "value");
    lease.acquire();
    try {
      return found(MapCalls.lookup(fd, key, value), "look up a key in");
    } finally {
      lease.release();
    }
  }

  /**
   * Writes an entry.
   *
   * @return false when {@link Update#NO_EXIST} found an entry or {@link Update#EXIST} found none
   * @throws BpfException with errno E2BIG when the map is full
   */
  public boolean update(MemorySegment key, MemorySegment value, Update mode) {
    requireSize(key, keySize, "key");
    requireSize(value, valueBytes, "value");
    lease.acquire();
    try {
      int result = MapCalls.update(fd, key, value, mode.flag);
      if (result == -Errno.EEXIST && mode == Update.NO_EXIST) {
        return false;
      }
      return found(result, "update");
    } finally {
      lease.release();
    }
  }

  /**
   * Removes an entry.
   *
   * @return false when there is no such key
   */
  public boolean delete(MemorySegment key) {
    requireSize(key, keySize, "key");
    lease.acquire();
    try {
      return found(MapCalls.delete(fd, key), "delete a key from");
    } finally {
      lease.release();
    }
  }

  /** Finds the first key; false when the map is empty. */
  public boolean firstKey(MemorySegment first) {
    return next(MemorySegment.NULL, first);
  }

  /**
   * Finds the key after another, in the map's own order. A key that is gone is followed by the
   * first one again: whoever walks a hash that others change bounds the walk.
   *
   * @return false after the last key
   */
  public boolean nextKey(MemorySegment key, MemorySegment next) {
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

  /**
   * All counters of this per-CPU array at once, each summed over the CPUs.
   *
   * @throws BpfException when this is no {@code PERCPU_ARRAY} of 64-bit values
   */
  public PerCpuCounters perCpuCounters() {
    return new PerCpuCounters(this);
  }

  private boolean found(int result, String operation) {
    if (result == -Errno.ENOENT) {
      return false;
    }
    if (result < 0) {
      throw failed(operation, -result);
    }
    return true;
  }

  BpfException failed(String operation, int errno) {
    return new BpfException(Failure.of(operation, "map " + name(), errno));
  }

  private void requireSize(MemorySegment segment, long needed, String what) {
    if (segment.byteSize() < needed || !segment.isNative()) {
      throw new IllegalArgumentException(
          "map "
              + name()
              + " needs a native segment of "
              + needed
              + " bytes for the "
              + what
              + ", not "
              + (segment.isNative() ? segment.byteSize() + " bytes" : "one on the heap"));
    }
  }
}
