package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.uapi.BpfMapType;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A storage: values that BPF programs keep at sockets, tasks, files or cgroups, and that go with
 * their owner.
 *
 * <pre>
 *   SK_STORAGE     (kernel 5.2)   socket      a descriptor of the socket
 *   INODE_STORAGE  (kernel 5.10)  inode       the path of a file
 *   TASK_STORAGE   (kernel 5.11)  process     its main thread, to the kernel
 *   CGRP_STORAGE   (kernel 6.2)   cgroup      the path of its folder
 * </pre>
 *
 * <p>The kernel can neither list the owners nor say how many there are. Made without an object, a
 * storage needs {@link io.github.bpf4j.uapi.BpfMapFlag#NO_PREALLOC}, keys of 4 bytes and {@code
 * max_entries} 0.
 *
 * <p>Thread safety: all methods may be called from any thread.
 *
 * @param <O> the owners
 * @param <V> the values
 */
public final class LocalStorage<O, V> {
  private final Coded<Integer, V> coded;
  private final Function<O, Descriptor> open;

  private LocalStorage(RawMap map, Codec<V> values, BpfMapType type, Function<O, Descriptor> open) {
    Requirement.type(map, "a storage", type);
    Requirement.valueSize(map, "a storage", values);
    this.coded = new Coded<>(map, Codec.s32(), values);
    this.open = open;
  }

  /** A {@code SK_STORAGE}: values by socket. */
  public static <V> LocalStorage<Descriptor, V> ofSockets(RawMap map, Codec<V> values) {
    return new LocalStorage<>(map, values, BpfMapType.SK_STORAGE, socket -> socket);
  }

  /** An {@code INODE_STORAGE}: values by file. */
  public static <V> LocalStorage<Path, V> ofInodes(RawMap map, Codec<V> values) {
    return new LocalStorage<>(map, values, BpfMapType.INODE_STORAGE, Owners::path);
  }

  /** A {@code TASK_STORAGE}: values by the main thread of a process. */
  public static <V> LocalStorage<ProcessHandle, V> ofTasks(RawMap map, Codec<V> values) {
    return new LocalStorage<>(map, values, BpfMapType.TASK_STORAGE, Owners::process);
  }

  /** A {@code CGRP_STORAGE}: values by cgroup (version 2). */
  public static <V> LocalStorage<Path, V> ofCgroups(RawMap map, Codec<V> values) {
    return new LocalStorage<>(map, values, BpfMapType.CGRP_STORAGE, Owners::path);
  }

  /** Reads the value of an owner; empty when it has none. */
  public Optional<V> lookup(O owner) {
    return open.apply(owner).withFd(coded::lookup);
  }

  /** Gives an owner a value, new or not. */
  public void update(O owner, V value) {
    update(owner, value, Update.ANY);
  }

  /**
   * Gives an owner a value, if what it has is as it shall be.
   *
   * @return false when {@link Update#NO_EXIST} found a value or {@link Update#EXIST} found none
   */
  public boolean update(O owner, V value, Update mode) {
    return open.apply(owner).withFd(fd -> coded.update(fd, value, mode));
  }

  /** Takes an owner's value away; false when it has none. */
  public boolean delete(O owner) {
    return open.apply(owner).withFd(coded::delete);
  }
}
