package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.uapi.Capability;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids of all that the kernel holds, whoever loaded it ({@code BPF_*_GET_NEXT_ID}, kernel 4.13;
 * BTF 5.4, links 5.8). Takes CAP_SYS_ADMIN. What is listed may be gone when it is opened.
 */
public final class KernelIds {
  private KernelIds() {}

  public static List<Integer> programs() {
    return walk(libbpf_h::bpf_prog_get_next_id, "programs");
  }

  public static List<Integer> maps() {
    return walk(libbpf_h::bpf_map_get_next_id, "maps");
  }

  public static List<Integer> links() {
    return walk(libbpf_h::bpf_link_get_next_id, "links");
  }

  public static List<Integer> btfObjects() {
    return walk(libbpf_h::bpf_btf_get_next_id, "BTF objects");
  }

  // The next id is greater than the one before, whether that is still there or not: the walk ends.
  private static List<Integer> walk(NextId nextId, String what) {
    Libbpf.require();
    List<Integer> ids = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment next = arena.allocate(ValueLayout.JAVA_INT);
      int id = 0;
      int result = nextId.after(id, next);
      while (result == 0) {
        id = next.get(ValueLayout.JAVA_INT, 0);
        ids.add(id);
        result = nextId.after(id, next);
      }
      if (result != -Errno.ENOENT) {
        throw Results.failed("list", what, -result, Capability.SYS_ADMIN);
      }
    }
    return ids;
  }

  @FunctionalInterface
  private interface NextId {
    int after(int id, MemorySegment next);
  }
}
