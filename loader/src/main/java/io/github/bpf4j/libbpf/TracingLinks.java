package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_attr;
import io.github.bpf4j.bindings.bpf_iter_attach_opts;
import io.github.bpf4j.bindings.bpf_iter_link_info;
import io.github.bpf4j.bindings.libbpf_h;
import io.github.bpf4j.bindings.uapi_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** Links of programs that know their hook since they were loaded, by its BTF or by its section. */
public final class TracingLinks {
  private TracingLinks() {}

  /** Wherever the section's name says. */
  public static LinkHandle bySection(ProgramHandle program, String subject) {
    CapturedErrno.Call<MemorySegment> call =
        (_, errno) -> (MemorySegment) Handles.ATTACH.invokeExact(errno, program.pointer());
    if (program.section().startsWith("usdt")) {
      UsdtSpecs.require(program, subject);
      return Attempt.bundle(program, subject, call);
    }
    return Attempt.link(program, subject, call);
  }

  /** The function, BTF tracepoint or LSM hook that it was loaded for. */
  public static LinkHandle trace(ProgramHandle program, String subject) {
    return Attempt.link(
        program,
        subject,
        (_, errno) -> (MemorySegment) Handles.TRACE.invokeExact(errno, program.pointer()));
  }

  /**
   * A function of another program.
   *
   * @param function null for the one that it was loaded for; then the descriptor says nothing
   */
  public static LinkHandle freplace(
      ProgramHandle program, String subject, int targetFd, @Nullable String function) {
    return Attempt.link(
        program,
        subject,
        (arena, errno) ->
            (MemorySegment)
                Handles.FREPLACE.invokeExact(
                    errno, program.pointer(), targetFd, Strings.orNull(function, arena)));
  }

  /**
   * A raw tracepoint.
   *
   * @param cookie kernel 6.10; 0 for none
   * @return a file descriptor or {@code -errno}
   */
  public static int rawTracepoint(int programFd, String name, long cookie) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = bpf_attr.allocate(arena);
      MemorySegment raw = bpf_attr.raw_tracepoint(attributes);
      bpf_attr.raw_tracepoint.prog_fd(raw, programFd);
      bpf_attr.raw_tracepoint.name(raw, arena.allocateFrom(name).address());
      bpf_attr.raw_tracepoint.cookie(raw, cookie);
      return SystemCalls.bpf(uapi_h.BPF_RAW_TRACEPOINT_OPEN(), attributes);
    }
  }

  /** What an iterator walks; all zero for everything. */
  public record IteratorTarget(
      int mapFd, int cgroupFd, int cgroupOrder, int threadId, int processId) {}

  /** An iterator. */
  public static LinkHandle iterator(ProgramHandle program, String subject, IteratorTarget target) {
    return Attempt.link(
        program,
        subject,
        (arena, errno) -> {
          MemorySegment options = bpf_iter_attach_opts.allocate(arena);
          bpf_iter_attach_opts.sz(options, bpf_iter_attach_opts.sizeof());
          MemorySegment info = info(target, arena);
          if (info.address() != 0) {
            bpf_iter_attach_opts.link_info(options, info);
            bpf_iter_attach_opts.link_info_len(options, (int) info.byteSize());
          }
          return (MemorySegment) Handles.ITER.invokeExact(errno, program.pointer(), options);
        });
  }

  private static MemorySegment info(IteratorTarget target, Arena arena) {
    MemorySegment info = bpf_iter_link_info.allocate(arena);
    if (target.mapFd != 0) {
      bpf_iter_link_info.map.map_fd(bpf_iter_link_info.map(info), target.mapFd);
    } else if (target.cgroupOrder != 0) {
      MemorySegment cgroup = bpf_iter_link_info.cgroup(info);
      bpf_iter_link_info.cgroup.order(cgroup, target.cgroupOrder);
      bpf_iter_link_info.cgroup.cgroup_fd(cgroup, target.cgroupFd);
    } else if (target.threadId != 0 || target.processId != 0) {
      MemorySegment task = bpf_iter_link_info.task(info);
      bpf_iter_link_info.task.tid(task, target.threadId);
      bpf_iter_link_info.task.pid(task, target.processId);
    } else {
      return MemorySegment.NULL;
    }
    return info;
  }

  private static final class Handles {
    static final MethodHandle ATTACH =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach$address(), libbpf_h.bpf_program__attach$descriptor());
    static final MethodHandle TRACE =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach_trace$address(),
            libbpf_h.bpf_program__attach_trace$descriptor());
    static final MethodHandle FREPLACE =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach_freplace$address(),
            libbpf_h.bpf_program__attach_freplace$descriptor());
    static final MethodHandle ITER =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach_iter$address(),
            libbpf_h.bpf_program__attach_iter$descriptor());
  }
}
