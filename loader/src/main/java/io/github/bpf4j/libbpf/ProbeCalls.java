package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_attr;
import io.github.bpf4j.bindings.bpf_test_run_opts;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.uapi_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * System calls that are made to see what the kernel says to them. By {@code bpf(2)} itself, because
 * an older libbpf passes on only what it knows.
 *
 * <p>Results are a file descriptor that is closed here, shown as 0, or {@code -errno}.
 */
public final class ProbeCalls {
  /** {@code BPF_TOKEN_CREATE} of {@code enum bpf_cmd}. */
  private static final int TOKEN_CREATE = 36;

  private static final int NO_FD = -1;
  private static final int FRAME_BYTES = 64;

  private ProbeCalls() {}

  /**
   * Attaches to a function of the kernel of that name, by {@code kprobe.multi} or {@code
   * kprobe.session}. ESRCH: there is no such function.
   */
  public static int kprobeMulti(int programFd, int attachType, String function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = link(programFd, attachType, arena);
      MemorySegment multi = bpf_attr.link_create.kprobe_multi(bpf_attr.link_create(attributes));
      MemorySegment names =
          arena.allocateFrom(ValueLayout.JAVA_LONG, arena.allocateFrom(function).address());
      bpf_attr.link_create.kprobe_multi.cnt(multi, 1);
      bpf_attr.link_create.kprobe_multi.syms(multi, names.address());
      return closed(SystemCalls.bpf(uapi_h.BPF_LINK_CREATE(), attributes));
    }
  }

  /** Attaches to a place in a file by {@code uprobe.multi}. EBADF: it is no regular file. */
  public static int uprobeMulti(int programFd, String path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = link(programFd, uapi_h.BPF_TRACE_UPROBE_MULTI(), arena);
      MemorySegment multi = bpf_attr.link_create.uprobe_multi(bpf_attr.link_create(attributes));
      bpf_attr.link_create.uprobe_multi.cnt(multi, 1);
      bpf_attr.link_create.uprobe_multi.path(multi, arena.allocateFrom(path).address());
      bpf_attr.link_create.uprobe_multi.offsets(
          multi, arena.allocate(ValueLayout.JAVA_LONG).address());
      return closed(SystemCalls.bpf(uapi_h.BPF_LINK_CREATE(), attributes));
    }
  }

  private static MemorySegment link(int programFd, int attachType, Arena arena) {
    Libbpf.require();
    MemorySegment attributes = bpf_attr.allocate(arena);
    MemorySegment create = bpf_attr.link_create(attributes);
    bpf_attr.link_create.prog_fd(create, programFd);
    bpf_attr.link_create.attach_type(create, attachType);
    return attributes;
  }

  /** Makes a link of a descriptor that is none. EBADF: the kernel has links. */
  public static int link() {
    try (Arena arena = Arena.ofConfined()) {
      return closed(SystemCalls.bpf(uapi_h.BPF_LINK_CREATE(), link(NO_FD, 0, arena)));
    }
  }

  /** Makes a link to an event of a descriptor that is none. EBADF: the kernel has such links. */
  public static int perfEventLink(int programFd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = link(programFd, uapi_h.BPF_PERF_EVENT(), arena);
      bpf_attr.link_create.target_fd(bpf_attr.link_create(attributes), NO_FD);
      return closed(SystemCalls.bpf(uapi_h.BPF_LINK_CREATE(), attributes));
    }
  }

  /** Makes an iterator of a descriptor that is none. EBADF: the kernel has iterators. */
  public static int iterator() {
    Libbpf.require();
    return closed(libbpf_h.bpf_iter_create(NO_FD));
  }

  /** Runs an XDP program that drops on one live frame. */
  public static int liveFrame(int programFd) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = bpf_test_run_opts.allocate(arena);
      bpf_test_run_opts.sz(options, bpf_test_run_opts.sizeof());
      bpf_test_run_opts.data_in(options, arena.allocate(FRAME_BYTES));
      bpf_test_run_opts.data_size_in(options, FRAME_BYTES);
      bpf_test_run_opts.repeat(options, 1);
      bpf_test_run_opts.flags(options, TestRuns.LIVE_FRAMES);
      bpf_test_run_opts.batch_size(options, TestRuns.LIVE_BATCH);
      return libbpf_h.bpf_prog_test_run_opts(programFd, options);
    }
  }

  /** Attaches a program to what it was loaded for, by its BTF, and detaches it at once. */
  public static int trace(int programFd) {
    Libbpf.require();
    return closed(libbpf_h.bpf_raw_tracepoint_open(MemorySegment.NULL, programFd));
  }

  /** Asks what is attached to a device. */
  public static int query(int ifindex, int attachType) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = bpf_attr.allocate(arena);
      MemorySegment query = bpf_attr.query(attributes);
      bpf_attr.query.target_ifindex(query, ifindex);
      bpf_attr.query.attach_type(query, attachType);
      return SystemCalls.bpf(uapi_h.BPF_PROG_QUERY(), attributes);
    }
  }

  /** Makes a token of a descriptor that is none. EBADF: the kernel has tokens. */
  public static int token() {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = bpf_attr.allocate(arena);
      bpf_attr.token_create.bpffs_fd(bpf_attr.token_create(attributes), NO_FD);
      return closed(SystemCalls.bpf(TOKEN_CREATE, attributes));
    }
  }

  /** Makes a map part of a program. */
  public static int bindMap(int programFd, int mapFd) {
    Libbpf.require();
    return libbpf_h.bpf_prog_bind_map(programFd, mapFd, MemorySegment.NULL);
  }

  /**
   * Reads a map of one entry, its key of 4 bytes and its value of 8, in a batch. ENOENT: it is
   * empty.
   */
  public static int readBatch(int mapFd) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment position = arena.allocate(Long.BYTES);
      MemorySegment count = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
      return MapCalls.lookupBatch(
          mapFd,
          MemorySegment.NULL,
          position,
          arena.allocate(Integer.BYTES),
          arena.allocate((long) Long.BYTES * PossibleCpus.count(), Long.BYTES),
          count,
          0);
    }
  }

  /** Loads types that are described by words of BTF, with the names "" and "x" at 0 and 1. */
  public static int loadBtf(int... types) {
    int fd = RawBtf.load(types, "\0x\0");
    return closed(fd);
  }

  /** The type of the kernel's BTF that a hook stands for; {@code -errno} when there is none. */
  public static int kernelTypeId(String name, int attachType) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      return libbpf_h.libbpf_find_vmlinux_btf_id(arena.allocateFrom(name), attachType);
    }
  }

  private static int closed(int result) {
    if (result < 0) {
      return result;
    }
    new Fd(result, "probe").close();
    return 0;
  }
}
