package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_link_info;
import io.github.bpf4j.bindings.uapi_h;
import io.github.bpf4j.uapi.LinkTarget;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Targets of links that have a name. The kernel writes it to where a field of the struct points, so
 * it is asked a second time: first comes the type, which says where the field is.
 *
 * @param fd the link
 * @param info {@code struct bpf_link_info}, as the kernel filled it
 */
record NamedTargets(int fd, MemorySegment info, Arena arena) {
  /** Longer than any path or symbol. */
  private static final int LONGEST_NAME = 4096;

  /** Asks for a name. All else in the struct is afterwards as it was. */
  private String name(MemorySegment part, long pointer, long length) {
    long base = part.address() - info.address();
    MemorySegment name = arena.allocate(LONGEST_NAME);
    info.fill((byte) 0);
    info.set(ValueLayout.JAVA_LONG, base + pointer, name.address());
    info.set(ValueLayout.JAVA_INT, base + length, LONGEST_NAME);
    KernelObjects.fill(fd, info, "link", arena);
    return name.getString(0);
  }

  LinkTarget rawTracepoint() {
    MemorySegment part = bpf_link_info.raw_tracepoint(info);
    String name =
        name(
            part,
            bpf_link_info.raw_tracepoint.tp_name$offset(),
            bpf_link_info.raw_tracepoint.tp_name_len$offset());
    return new LinkTarget.RawTracepoint(name, bpf_link_info.raw_tracepoint.cookie(part));
  }

  LinkTarget iterator() {
    MemorySegment part = bpf_link_info.iter(info);
    String name =
        name(
            part,
            bpf_link_info.iter.target_name$offset(),
            bpf_link_info.iter.target_name_len$offset());
    // The field is other iterators' too, but only those of maps are named so.
    boolean overMap = name.startsWith("bpf_map_elem") || name.startsWith("bpf_sk_storage_map");
    int mapId = overMap ? bpf_link_info.iter.map.map_id(bpf_link_info.iter.map(part)) : 0;
    return new LinkTarget.Iterator(name, mapId);
  }

  LinkTarget uprobes() {
    MemorySegment part = bpf_link_info.uprobe_multi(info);
    int count = bpf_link_info.uprobe_multi.count(part);
    String path =
        name(
            part,
            bpf_link_info.uprobe_multi.path$offset(),
            bpf_link_info.uprobe_multi.path_size$offset());
    int flags = bpf_link_info.uprobe_multi.flags(part);
    return new LinkTarget.UprobeMulti(
        path,
        count,
        (flags & uapi_h.BPF_F_UPROBE_MULTI_RETURN()) != 0,
        bpf_link_info.uprobe_multi.pid(part));
  }

  LinkTarget perfEvent() {
    MemorySegment part = bpf_link_info.perf_event(info);
    int type = bpf_link_info.perf_event.type(part);
    if (type == uapi_h.BPF_PERF_EVENT_UPROBE() || type == uapi_h.BPF_PERF_EVENT_URETPROBE()) {
      return uprobe(
          bpf_link_info.perf_event.uprobe(part), type == uapi_h.BPF_PERF_EVENT_URETPROBE());
    }
    if (type == uapi_h.BPF_PERF_EVENT_KPROBE() || type == uapi_h.BPF_PERF_EVENT_KRETPROBE()) {
      return kprobe(
          bpf_link_info.perf_event.kprobe(part), type == uapi_h.BPF_PERF_EVENT_KRETPROBE());
    }
    if (type == uapi_h.BPF_PERF_EVENT_TRACEPOINT()) {
      return tracepoint(bpf_link_info.perf_event.tracepoint(part));
    }
    if (type == uapi_h.BPF_PERF_EVENT_EVENT()) {
      MemorySegment event = bpf_link_info.perf_event.event(part);
      return new LinkTarget.PerfEvent(
          bpf_link_info.perf_event.event.type(event),
          bpf_link_info.perf_event.event.config(event),
          bpf_link_info.perf_event.event.cookie(event));
    }
    return new LinkTarget.Unknown();
  }

  private LinkTarget uprobe(MemorySegment part, boolean returning) {
    String path =
        name(
            part,
            bpf_link_info.perf_event.uprobe.file_name$offset(),
            bpf_link_info.perf_event.uprobe.name_len$offset());
    return new LinkTarget.Uprobe(
        path,
        Integer.toUnsignedLong(bpf_link_info.perf_event.uprobe.offset(part)),
        returning,
        bpf_link_info.perf_event.uprobe.cookie(part));
  }

  private LinkTarget kprobe(MemorySegment part, boolean returning) {
    String function =
        name(
            part,
            bpf_link_info.perf_event.kprobe.func_name$offset(),
            bpf_link_info.perf_event.kprobe.name_len$offset());
    return new LinkTarget.Kprobe(
        function,
        Integer.toUnsignedLong(bpf_link_info.perf_event.kprobe.offset(part)),
        bpf_link_info.perf_event.kprobe.addr(part),
        returning,
        bpf_link_info.perf_event.kprobe.missed(part),
        bpf_link_info.perf_event.kprobe.cookie(part));
  }

  private LinkTarget tracepoint(MemorySegment part) {
    String name =
        name(
            part,
            bpf_link_info.perf_event.tracepoint.tp_name$offset(),
            bpf_link_info.perf_event.tracepoint.name_len$offset());
    return new LinkTarget.Tracepoint(name, bpf_link_info.perf_event.tracepoint.cookie(part));
  }
}
