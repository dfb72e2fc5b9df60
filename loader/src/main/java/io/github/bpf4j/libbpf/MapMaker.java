package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_map_create_opts;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.uapi_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code bpf_map_create}: a map that no object describes. */
public final class MapMaker {
  private final int type;
  private final String name;
  private final int keySize;
  private final int valueSize;
  private final int maxEntries;
  private int flags;
  private long extra;
  private int numaNode;
  private int innerFd;
  private int vmlinuxValueType;

  public MapMaker(int type, String name, int keySize, int valueSize, int maxEntries) {
    this.type = type;
    this.name = name;
    this.keySize = keySize;
    this.valueSize = valueSize;
    this.maxEntries = maxEntries;
  }

  /** {@code BPF_F_*}. */
  public MapMaker flags(int bits) {
    this.flags = bits;
    return this;
  }

  /** {@code map_extra}: what it means depends on the type. */
  public MapMaker extra(long value) {
    this.extra = value;
    return this;
  }

  /** Counts with {@code BPF_F_NUMA_NODE} only. */
  public MapMaker numaNode(int node) {
    this.numaNode = node;
    return this;
  }

  /** The map after which the inner maps of a map of maps are cut. */
  public MapMaker inner(int fd) {
    this.innerFd = fd;
    return this;
  }

  /** For a struct_ops map: the struct, a type of the kernel's BTF. */
  public MapMaker vmlinuxValueType(int id) {
    this.vmlinuxValueType = id;
    return this;
  }

  /** Makes it. */
  public Fd create() {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = bpf_map_create_opts.allocate(arena);
      bpf_map_create_opts.sz(options, bpf_map_create_opts.sizeof());
      bpf_map_create_opts.map_flags(options, flags);
      bpf_map_create_opts.map_extra(options, extra);
      bpf_map_create_opts.numa_node(options, numaNode);
      bpf_map_create_opts.inner_map_fd(options, innerFd);
      bpf_map_create_opts.btf_vmlinux_value_type_id(options, vmlinuxValueType);
      if (!needsBtf()) {
        return create(options, arena);
      }
      try (Fd btf = StorageBtf.load(valueSize)) {
        bpf_map_create_opts.btf_fd(options, btf.number());
        bpf_map_create_opts.btf_key_type_id(options, StorageBtf.KEY);
        bpf_map_create_opts.btf_value_type_id(options, StorageBtf.VALUE);
        return create(options, arena);
      }
    }
  }

  // The kernel makes storages for types only, never for plain sizes.
  private boolean needsBtf() {
    return type == uapi_h.BPF_MAP_TYPE_SK_STORAGE()
        || type == uapi_h.BPF_MAP_TYPE_INODE_STORAGE()
        || type == uapi_h.BPF_MAP_TYPE_TASK_STORAGE()
        || type == uapi_h.BPF_MAP_TYPE_CGRP_STORAGE();
  }

  private Fd create(MemorySegment options, Arena arena) {
    int fd =
        libbpf_h.bpf_map_create(
            type, arena.allocateFrom(name), keySize, valueSize, maxEntries, options);
    return new Fd(Results.check(fd, "make", "map " + name), "map " + name);
  }
}
