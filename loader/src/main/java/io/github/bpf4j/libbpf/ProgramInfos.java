package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_func_info;
import io.github.bpf4j.bindings.bpf_prog_info;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.ProgramInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** {@code struct bpf_prog_info}. */
final class ProgramInfos {
  /** The first bit-field of a word, where C puts it. */
  private static final int GPL_COMPATIBLE =
      ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 1 << 31;

  private ProgramInfos() {}

  static ProgramInfo of(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = bpf_prog_info.allocate(arena);
      KernelObjects.fill(fd, info, "program", arena);
      return of(fd, info, mapIds(fd, info, arena));
    }
  }

  /** Asks again with room for the ids, which are all that is wanted besides. */
  private static List<Integer> mapIds(int fd, MemorySegment info, Arena arena) {
    int maps = bpf_prog_info.nr_map_ids(info);
    if (maps == 0) {
      return List.of();
    }
    MemorySegment ids = arena.allocate(ValueLayout.JAVA_INT, maps);
    info.fill((byte) 0);
    bpf_prog_info.nr_map_ids(info, maps);
    bpf_prog_info.map_ids(info, ids.address());
    KernelObjects.fill(fd, info, "program", arena);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < Math.min(maps, bpf_prog_info.nr_map_ids(info)); i++) {
      found.add(ids.getAtIndex(ValueLayout.JAVA_INT, i));
    }
    return found;
  }

  private static ProgramInfo of(int fd, MemorySegment info, List<Integer> maps) {
    int type = bpf_prog_info.type(info);
    return new ProgramInfo(
        bpf_prog_info.id(info),
        BpfProgramType.of(type),
        type,
        bpf_prog_info.name(info).getString(0),
        HexFormat.of().formatHex(bpf_prog_info.tag(info).toArray(ValueLayout.JAVA_BYTE)),
        isGplCompatible(info),
        Duration.ofNanos(bpf_prog_info.load_time(info)),
        bpf_prog_info.created_by_uid(info),
        bpf_prog_info.xlated_prog_len(info),
        bpf_prog_info.jited_prog_len(info),
        FdInfo.of(fd).memory(),
        bpf_prog_info.verified_insns(info),
        maps,
        bpf_prog_info.btf_id(info),
        bpf_prog_info.attach_btf_obj_id(info),
        bpf_prog_info.attach_btf_id(info),
        bpf_prog_info.ifindex(info),
        Duration.ofNanos(bpf_prog_info.run_time_ns(info)),
        bpf_prog_info.run_cnt(info),
        bpf_prog_info.recursion_misses(info));
  }

  /** The BTF type of the program's main function; 0 when the program has no BTF. */
  static int mainFunction(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = bpf_prog_info.allocate(arena);
      MemorySegment function = bpf_func_info.allocate(arena);
      bpf_prog_info.nr_func_info(info, 1);
      bpf_prog_info.func_info_rec_size(info, (int) bpf_func_info.sizeof());
      bpf_prog_info.func_info(info, function.address());
      KernelObjects.fill(fd, info, "program", arena);
      return bpf_func_info.type_id(function);
    }
  }

  // "__u32 gpl_compatible:1" after ifindex: jextract passes over bit-fields.
  private static boolean isGplCompatible(MemorySegment info) {
    long offset = bpf_prog_info.ifindex$offset() + Integer.BYTES;
    return (info.get(ValueLayout.JAVA_INT, offset) & GPL_COMPATIBLE) != 0;
  }
}
