package io.github.bpf4j;

import io.github.bpf4j.ctype.CType;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.event.EventSource;
import io.github.bpf4j.event.PerfBuffer;
import io.github.bpf4j.event.PerfBufferOptions;
import io.github.bpf4j.event.RingBuffer;
import io.github.bpf4j.event.UserRingBuffer;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.Lease;
import io.github.bpf4j.libbpf.MapCalls;
import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.map.ArenaMemory;
import io.github.bpf4j.map.Descriptor;
import io.github.bpf4j.map.RawMap;
import io.github.bpf4j.ring.Buffers;
import io.github.bpf4j.ring.EventMap;
import io.github.bpf4j.uapi.BpfMapFlag;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.MapInfo;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * A map in the kernel; a view that its {@link BpfObject} owns. One that was made, or opened by a
 * pin or an id, is an {@link OwnedBpfMap}.
 *
 * <p>The operations that take segments are those of {@link RawMap}: one system call each, and
 * nothing allocated.
 *
 * <p>Thread safety: all methods may be called from any thread. Once the map is closed, with its
 * object or by its owner, they throw an {@link IllegalStateException}.
 */
public sealed class BpfMap extends MapOperations implements Descriptor permits OwnedBpfMap {
  private final String name;
  private final MapShape shape;
  private final Access access;
  private final Siblings siblings;

  /**
   * @param siblings finds another map of the same object by its name
   */
  BpfMap(MapHandle handle, Siblings siblings) {
    this(
        handle.name(),
        MapShape.of(handle),
        handle.fd(),
        handle.lease(),
        Access.of(handle.flags()),
        siblings);
  }

  BpfMap(String name, MapShape shape, int fd, Lease lease, Access access, Siblings siblings) {
    super(fd, lease, shape);
    this.name = name;
    this.shape = shape;
    this.access = access;
    this.siblings = siblings;
  }

  /** Finds a map beside another one. */
  interface Siblings {
    /** For a map that no object describes. */
    Siblings NONE = _ -> Optional.empty();

    Optional<BpfMap> find(String name);
  }

  /**
   * Makes a map that no object describes.
   *
   * @throws io.github.bpf4j.error.BpfUnsupportedException when the kernel has no such type
   * @throws BpfException when it refuses sizes or flags
   */
  public static OwnedBpfMap create(MapSpec spec) {
    return OwnedBpfMap.of(spec.make(), spec.access());
  }

  /**
   * Opens a map by its name in a bpf file system, whoever pinned it.
   *
   * @throws BpfException when nothing is pinned there, or no map
   */
  public static OwnedBpfMap openPinned(Path path) {
    return openPinned(path, Access.READ_WRITE);
  }

  /** Opens a pinned map for less than everything. */
  public static OwnedBpfMap openPinned(Path path, Access access) {
    return OwnedBpfMap.of(MapPins.open(path, access), access);
  }

  /**
   * Opens a map by its id. Takes CAP_SYS_ADMIN.
   *
   * @throws BpfException when there is no such map
   */
  public static OwnedBpfMap openById(int id) {
    return openById(id, Access.READ_WRITE);
  }

  /** Opens a map by its id for less than everything (libbpf 1.1). */
  public static OwnedBpfMap openById(int id, Access access) {
    Fd fd = KernelObjects.openMap(id, access.flag()).orElseThrow(() -> MapErrors.noSuchId(id));
    return OwnedBpfMap.of(fd, access);
  }

  /** The name of the C variable, whole; of other maps what the kernel keeps: 15 characters. */
  @Override
  public String name() {
    return name;
  }

  /** Whether each CPU has a value of its own. */
  public boolean isPerCpu() {
    return type().isPerCpu();
  }

  /**
   * The file descriptor, for calls that bpf4j does not make. It is the owner's: do not close it, do
   * not use it after the map is closed.
   */
  public int fd() {
    return fd;
  }

  @Override
  public <R> R withFd(IntFunction<R> use) {
    lease.acquire();
    try {
      return use.apply(fd);
    } finally {
      lease.release();
    }
  }

  /** What the kernel says of it. */
  public MapInfo info() {
    return withFd(KernelObjects::mapInfo);
  }

  /**
   * The C type of a key, from the BTF that the map was made with, whoever made it; empty when it
   * was made without. Takes CAP_SYS_ADMIN, and reads that BTF at each call.
   */
  public Optional<CType> keyType() {
    MapInfo info = info();
    return BpfTypes.ofMap(info, info.btfKeyTypeId());
  }

  /** The C type of a value, of one CPU's value in a per-CPU map; as {@link #keyType}. */
  public Optional<CType> valueType() {
    MapInfo info = info();
    return BpfTypes.ofMap(info, info.btfValueTypeId());
  }

  /**
   * Gives it a name in a bpf file system, so that it outlives this process and others can open it.
   *
   * @param path such as {@code /sys/fs/bpf/my/counts}; folders that are missing are made
   * @throws BpfException when the name is taken, or is in no bpf file system
   */
  public void pin(Path path) {
    lease.acquire();
    try {
      MapPins.pin(this, path);
    } finally {
      lease.release();
    }
  }

  /**
   * Removes a name that this map has.
   *
   * @return false when there is nothing of that name
   * @throws BpfException when something else is pinned there, which stays
   */
  public boolean unpin(Path path) {
    lease.acquire();
    try {
      return MapPins.unpin(this, path);
    } finally {
      lease.release();
    }
  }

  /**
   * Lets nobody write to it from user space any more, for good (kernel 5.2); BPF programs still
   * may.
   */
  public void freeze() {
    lease.acquire();
    try {
      check(MapCalls.freeze(fd), "freeze");
    } finally {
      lease.release();
    }
  }

  /**
   * Reads this {@code RINGBUF} where the kernel writes it; the maker closes it. It keeps the map,
   * also when its owner closes it.
   *
   * <p>Where the object has an array of numbers of the same name with {@code _dropped} behind it,
   * {@link RingBuffer#lost} is their sum: the program counts there what found no room.
   *
   * @throws BpfException when this is no ring buffer, or it cannot be mapped
   */
  public RingBuffer ringBuffer() {
    return Buffers.ringBuffer(
        eventMap(), siblings.find(name + DropCounter.SUFFIX).flatMap(DropCounter::of).orElse(null));
  }

  /**
   * The same with a counter of what found no room, for {@link RingBuffer#lost}.
   *
   * @param dropped may be called by any thread
   */
  public RingBuffer ringBuffer(LongSupplier dropped) {
    return Buffers.ringBuffer(eventMap(), dropped);
  }

  /**
   * Reads what programs send to this {@code PERF_EVENT_ARRAY}; the maker closes it. It keeps the
   * map, also when its owner closes it. Takes CAP_PERFMON.
   *
   * @throws BpfException when this is no perf event array, or its memory cannot be mapped
   */
  public PerfBuffer perfBuffer(PerfBufferOptions options) {
    return Buffers.perfBuffer(eventMap(), options);
  }

  /**
   * Reads what programs send, by {@link #ringBuffer} or {@link #perfBuffer}: as the type of this
   * map demands.
   */
  public EventSource events() {
    return type() == BpfMapType.PERF_EVENT_ARRAY
        ? perfBuffer(PerfBufferOptions.defaults())
        : ringBuffer();
  }

  /**
   * Writes to this {@code USER_RINGBUF}, for a BPF program to read; the maker closes it. It keeps
   * the map, also when its owner closes it.
   *
   * @throws BpfException when this is no user ring buffer, or it cannot be mapped
   */
  public UserRingBuffer userRingBuffer() {
    return Buffers.userRingBuffer(eventMap());
  }

  private EventMap eventMap() {
    return new EventMap(name, type(), maxEntries(), fd, lease);
  }

  /**
   * Maps the memory of this {@code ARENA}; the maker closes it.
   *
   * @throws BpfException when this is no arena, is mapped elsewhere already, or was made with
   *     {@code BPF_F_SEGV_ON_FAULT}: touching a page that no program has allocated would end this
   *     process
   */
  public ArenaMemory arenaMemory() {
    MapInfo info = info();
    if (BpfMapFlag.SEGV_ON_FAULT.in(info.flags())) {
      throw new BpfException(
          Failure.of(
              "map",
              "the memory of map " + name,
              "it has BPF_F_SEGV_ON_FAULT: a page that no program has allocated would end this"
                  + " process"));
    }
    return ArenaMemory.of(this, this, info.extra());
  }

  @Override
  public BpfException failure(String operation, int errno) {
    return MapErrors.explain(this, shape, access, operation, errno);
  }

  @Override
  public String toString() {
    return shape.typeName() + " map " + name;
  }

  /** What may be done through a descriptor: {@code BPF_F_RDONLY}, {@code BPF_F_WRONLY}. */
  public enum Access {
    READ_WRITE(0),
    READ_ONLY(BpfMapFlag.RDONLY.mask()),
    WRITE_ONLY(BpfMapFlag.WRONLY.mask());

    private final int flag;

    Access(int flag) {
      this.flag = flag;
    }

    int flag() {
      return flag;
    }

    /** Of a descriptor that came with a map of these flags. */
    static Access of(int flags) {
      if (BpfMapFlag.RDONLY.in(flags)) {
        return READ_ONLY;
      }
      return BpfMapFlag.WRONLY.in(flags) ? WRITE_ONLY : READ_WRITE;
    }
  }
}
