package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_map_info;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.MapInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code struct bpf_map_info}. */
final class MapInfos {
  private MapInfos() {}

  static MapInfo of(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = bpf_map_info.allocate(arena);
      KernelObjects.fill(fd, info, "map", arena);
      FdInfo more = FdInfo.of(fd);
      int type = bpf_map_info.type(info);
      return new MapInfo(
          bpf_map_info.id(info),
          BpfMapType.of(type),
          type,
          bpf_map_info.name(info).getString(0),
          bpf_map_info.key_size(info),
          bpf_map_info.value_size(info),
          bpf_map_info.max_entries(info),
          bpf_map_info.map_flags(info),
          bpf_map_info.map_extra(info),
          bpf_map_info.ifindex(info),
          bpf_map_info.btf_id(info),
          bpf_map_info.btf_key_type_id(info),
          bpf_map_info.btf_value_type_id(info),
          bpf_map_info.btf_vmlinux_value_type_id(info),
          more.number("frozen") != 0,
          more.memory(),
          BpfProgramType.of(more.number("owner_prog_type")),
          more.number("owner_jited") != 0);
    }
  }
}
