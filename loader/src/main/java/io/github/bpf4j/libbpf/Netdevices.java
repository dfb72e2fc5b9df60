package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.if_nameindex;
import io.github.bpf4j.bindings.libc_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and numbers of network devices in the network namespace of the calling thread. */
public final class Netdevices {
  private Netdevices() {}

  /** The ifindex, or 0 when there is no such device. */
  public static int index(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return libc_h.if_nametoindex(arena.allocateFrom(name));
    }
  }

  /** The name, or an empty string when there is no such device. */
  public static String name(int ifindex) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(libc_h.IF_NAMESIZE());
      return Strings.of(libc_h.if_indextoname(ifindex, name));
    }
  }

  /** All devices: name to ifindex, in the kernel's order. */
  @SuppressWarnings("restricted") // the array goes up to an entry of index 0
  public static Map<String, Integer> all() {
    Map<String, Integer> devices = new LinkedHashMap<>();
    MemorySegment list = libc_h.if_nameindex();
    if (list.address() == 0) {
      return devices;
    }
    try {
      for (long i = 0; ; i++) {
        MemorySegment entry =
            list.reinterpret((i + 1) * if_nameindex.sizeof())
                .asSlice(i * if_nameindex.sizeof(), if_nameindex.sizeof());
        int index = if_nameindex.if_index(entry);
        if (index == 0) {
          return devices;
        }
        devices.put(Strings.of(if_nameindex.if_name(entry)), index);
      }
    } finally {
      libc_h.if_freenameindex(list);
    }
  }
}
