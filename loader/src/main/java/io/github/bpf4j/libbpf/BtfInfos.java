package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_btf_info;
import io.github.bpf4j.uapi.BtfInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@code struct bpf_btf_info}. */
final class BtfInfos {
  /** A module's name has at most 55 characters. */
  private static final int NAME_BYTES = 64;

  private BtfInfos() {}

  static BtfInfo of(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = bpf_btf_info.allocate(arena);
      MemorySegment name = arena.allocate(NAME_BYTES);
      // Linux before 5.11 knows no names, and refuses to be asked for one.
      if (KernelObjects.fill(fd, info, "BTF object", arena) > bpf_btf_info.name$offset()) {
        info.fill((byte) 0);
        bpf_btf_info.name(info, name.address());
        bpf_btf_info.name_len(info, NAME_BYTES);
        KernelObjects.fill(fd, info, "BTF object", arena);
      }
      return new BtfInfo(
          bpf_btf_info.id(info),
          name.getString(0),
          bpf_btf_info.btf_size(info),
          bpf_btf_info.kernel_btf(info) != 0);
    }
  }

  static byte[] data(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = bpf_btf_info.allocate(arena);
      KernelObjects.fill(fd, info, "BTF object", arena);
      int size = bpf_btf_info.btf_size(info);
      MemorySegment data = arena.allocate(size);
      info.fill((byte) 0);
      bpf_btf_info.btf(info, data.address());
      bpf_btf_info.btf_size(info, size);
      KernelObjects.fill(fd, info, "BTF object", arena);
      return data.toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
