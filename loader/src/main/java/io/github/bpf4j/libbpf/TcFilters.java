package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_tc_hook;
import io.github.bpf4j.bindings.bpf_tc_opts;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.tcmsg;
import io.github.bpf4j.bindings.uapi_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * BPF filters of traffic control, in the calling thread's network namespace. A hook is the ifindex
 * of a device and the parent of the filters. Results are 0 or {@code -errno}.
 */
public final class TcFilters {
  private TcFilters() {}

  /**
   * A filter.
   *
   * @param kind {@code "bpf"}, or another classifier's name; then there is no program
   * @param programId 0 for another classifier's, or before kernel 4.13
   */
  public record Filter(
      int parent, int chain, int priority, int handle, String kind, int programId) {}

  /** Makes the qdisc {@code clsact}: {@code -EEXIST} when it, or {@code ingress}, is there. */
  public static int createQdisc(int ifindex) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment hook = bpf_tc_hook.allocate(arena);
      bpf_tc_hook.sz(hook, bpf_tc_hook.sizeof());
      bpf_tc_hook.ifindex(hook, ifindex);
      bpf_tc_hook.attach_point(hook, libbpf_h.BPF_TC_INGRESS() | libbpf_h.BPF_TC_EGRESS());
      return libbpf_h.bpf_tc_hook_create(hook);
    }
  }

  /**
   * Attaches a program in direct-action mode; without a word to replace, {@code -EEXIST} when the
   * place is taken.
   *
   * @param wanted priority and handle, 0 for the kernel's choice; receives what it became
   */
  public static int attach(int ifindex, int parent, int programFd, boolean replace, Place wanted) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = options(wanted, arena);
      bpf_tc_opts.prog_fd(options, programFd);
      bpf_tc_opts.flags(options, replace ? libbpf_h.BPF_TC_F_REPLACE() : 0);
      int result = libbpf_h.bpf_tc_attach(hook(ifindex, parent, arena), options);
      if (result >= 0) {
        wanted.priority = bpf_tc_opts.priority(options);
        wanted.handle = bpf_tc_opts.handle(options);
      }
      return result;
    }
  }

  /** Removes the filter of a place, whosever it is. */
  public static int detach(int ifindex, int parent, Place place) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      return libbpf_h.bpf_tc_detach(hook(ifindex, parent, arena), options(place, arena));
    }
  }

  /** The id of the program of a place, or {@code -errno}: ENOENT or EINVAL when there is none. */
  public static int programOf(int ifindex, int parent, Place place) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = options(place, arena);
      int result = libbpf_h.bpf_tc_query(hook(ifindex, parent, arena), options);
      return result < 0 ? result : bpf_tc_opts.prog_id(options);
    }
  }

  /** Where among a parent's filters. */
  public static final class Place {
    private int priority;
    private int handle;

    public Place(int priority, int handle) {
      this.priority = priority;
      this.handle = handle;
    }

    public int priority() {
      return priority;
    }

    public int handle() {
      return handle;
    }
  }

  private static MemorySegment options(Place place, Arena arena) {
    MemorySegment options = bpf_tc_opts.allocate(arena);
    bpf_tc_opts.sz(options, bpf_tc_opts.sizeof());
    bpf_tc_opts.priority(options, place.priority);
    bpf_tc_opts.handle(options, place.handle);
    return options;
  }

  // libbpf takes any parent as a custom one, those of clsact too.
  private static MemorySegment hook(int ifindex, int parent, Arena arena) {
    MemorySegment hook = bpf_tc_hook.allocate(arena);
    bpf_tc_hook.sz(hook, bpf_tc_hook.sizeof());
    bpf_tc_hook.ifindex(hook, ifindex);
    bpf_tc_hook.attach_point(hook, libbpf_h.BPF_TC_CUSTOM());
    bpf_tc_hook.parent(hook, parent);
    return hook;
  }

  /**
   * All filters of a hook, in the order in which the kernel tries them.
   *
   * @param filters receives them
   */
  public static int list(int ifindex, int parent, List<Filter> filters) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = tcmsg.allocate(arena);
      tcmsg.tcm_ifindex(header, ifindex);
      tcmsg.tcm_parent(header, parent);
      List<Filter> found = new ArrayList<>();
      int result =
          Netlink.dump(
              uapi_h.RTM_GETTFILTER(),
              header,
              answer -> {
                // A priority that has no filter yet comes without a handle.
                if (tcmsg.tcm_handle(answer) != 0 && tcmsg.tcm_ifindex(answer) == ifindex) {
                  found.add(filter(answer));
                }
              });
      filters.addAll(found);
      return result;
    }
  }

  private static Filter filter(MemorySegment answer) {
    Map<Integer, MemorySegment> attributes = Netlink.attributes(answer.asSlice(tcmsg.sizeof()));
    MemorySegment kind = attributes.get(uapi_h.TCA_KIND());
    MemorySegment chain = attributes.get(uapi_h.TCA_CHAIN());
    MemorySegment options = attributes.get(uapi_h.TCA_OPTIONS());
    String name = kind == null ? "" : kind.getString(0);
    MemorySegment id =
        options == null || !name.equals("bpf")
            ? null
            : Netlink.attributes(options).get(uapi_h.TCA_BPF_ID());
    return new Filter(
        tcmsg.tcm_parent(answer),
        chain == null ? 0 : chain.get(ValueLayout.JAVA_INT, 0),
        tcmsg.tcm_info(answer) >>> Short.SIZE,
        tcmsg.tcm_handle(answer),
        name,
        id == null ? 0 : id.get(ValueLayout.JAVA_INT, 0));
  }
}
