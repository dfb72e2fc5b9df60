package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_kprobe_multi_opts;
import io.github.bpf4j.bindings.bpf_kprobe_opts;
import io.github.bpf4j.bindings.bpf_ksyscall_opts;
import io.github.bpf4j.bindings.bpf_perf_event_opts;
import io.github.bpf4j.bindings.bpf_tracepoint_opts;
import io.github.bpf4j.bindings.bpf_uprobe_multi_opts;
import io.github.bpf4j.bindings.bpf_uprobe_opts;
import io.github.bpf4j.bindings.bpf_usdt_opts;
import io.github.bpf4j.bindings.libbpf_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Links on events of perf: functions of the kernel and of files, tracepoints, samples. libbpf finds
 * out where a function is, and which way this kernel has.
 */
public final class ProbeLinks {
  /** The process of a probe that watches all. */
  public static final int ANY_PROCESS = -1;

  private ProbeLinks() {}

  /** A function of the kernel. */
  public static LinkHandle kprobe(
      ProgramHandle program,
      String subject,
      String function,
      long offset,
      boolean returning,
      long cookie) {
    return Attempt.event(
        program,
        subject,
        cookie,
        (arena, errno) -> {
          MemorySegment options = bpf_kprobe_opts.allocate(arena);
          bpf_kprobe_opts.sz(options, bpf_kprobe_opts.sizeof());
          bpf_kprobe_opts.bpf_cookie(options, cookie);
          bpf_kprobe_opts.offset(options, offset);
          bpf_kprobe_opts.retprobe(options, returning);
          return (MemorySegment)
              Handles.KPROBE.invokeExact(
                  errno, program.pointer(), arena.allocateFrom(function), options);
        });
  }

  /** Many functions of the kernel (5.18): those of a pattern, or those that are listed. */
  public static LinkHandle kprobes(
      ProgramHandle program,
      String subject,
      @Nullable String pattern,
      List<String> functions,
      List<Long> cookies,
      boolean returning,
      boolean session) {
    if (session) {
      Libbpf.requireVersion("kprobe.session", 1, 5);
    }
    return Attempt.link(
        program,
        subject,
        (arena, errno) -> {
          MemorySegment options = bpf_kprobe_multi_opts.allocate(arena);
          bpf_kprobe_multi_opts.sz(options, bpf_kprobe_multi_opts.sizeof());
          bpf_kprobe_multi_opts.retprobe(options, returning);
          bpf_kprobe_multi_opts.session(options, session);
          if (pattern == null) {
            bpf_kprobe_multi_opts.syms(options, Strings.array(functions, arena));
            bpf_kprobe_multi_opts.cookies(options, longs(cookies, arena));
            bpf_kprobe_multi_opts.cnt(options, functions.size());
          }
          return (MemorySegment)
              Handles.KPROBE_MULTI.invokeExact(
                  errno, program.pointer(), Strings.orNull(pattern, arena), options);
        });
  }

  /** A system call, whatever this machine names its function. */
  public static LinkHandle ksyscall(
      ProgramHandle program, String subject, String name, boolean returning, long cookie) {
    return Attempt.event(
        program,
        subject,
        cookie,
        (arena, errno) -> {
          MemorySegment options = bpf_ksyscall_opts.allocate(arena);
          bpf_ksyscall_opts.sz(options, bpf_ksyscall_opts.sizeof());
          bpf_ksyscall_opts.bpf_cookie(options, cookie);
          bpf_ksyscall_opts.retprobe(options, returning);
          return (MemorySegment)
              Handles.KSYSCALL.invokeExact(
                  errno, program.pointer(), arena.allocateFrom(name), options);
        });
  }

  /**
   * A place in a file.
   *
   * @param function whose start the offset counts from, or null: from the start of the file
   * @param pid the process, -1 for all
   * @param counter where in the file the semaphore is that counts the probes on it, 0 for none
   */
  public static LinkHandle uprobe(
      ProgramHandle program,
      String subject,
      String file,
      @Nullable String function,
      long offset,
      int pid,
      boolean returning,
      long counter,
      long cookie) {
    return Attempt.event(
        program,
        subject,
        cookie,
        (arena, errno) -> {
          MemorySegment options = bpf_uprobe_opts.allocate(arena);
          bpf_uprobe_opts.sz(options, bpf_uprobe_opts.sizeof());
          bpf_uprobe_opts.func_name(options, Strings.orNull(function, arena));
          bpf_uprobe_opts.retprobe(options, returning);
          bpf_uprobe_opts.ref_ctr_offset(options, counter);
          bpf_uprobe_opts.bpf_cookie(options, cookie);
          return (MemorySegment)
              Handles.UPROBE.invokeExact(
                  errno, program.pointer(), pid, arena.allocateFrom(file), offset, options);
        });
  }

  /** Makes sure that libbpf can attach to many functions of a file. */
  public static void requireUprobes() {
    Libbpf.requireFunction("bpf_program__attach_uprobe_multi");
  }

  /** Many functions of a file (kernel 6.6): those of a pattern, or those at offsets. */
  public static LinkHandle uprobes(
      ProgramHandle program,
      String subject,
      String file,
      @Nullable String pattern,
      List<Long> offsets,
      List<Long> cookies,
      int pid,
      boolean returning) {
    return Attempt.link(
        program,
        subject,
        (arena, errno) -> {
          MemorySegment options = bpf_uprobe_multi_opts.allocate(arena);
          bpf_uprobe_multi_opts.sz(options, bpf_uprobe_multi_opts.sizeof());
          bpf_uprobe_multi_opts.retprobe(options, returning);
          if (pattern == null) {
            bpf_uprobe_multi_opts.offsets(options, longs(offsets, arena));
            bpf_uprobe_multi_opts.cookies(options, longs(cookies, arena));
            bpf_uprobe_multi_opts.cnt(options, offsets.size());
          }
          return (MemorySegment)
              LaterHandles.UPROBE_MULTI.invokeExact(
                  errno,
                  program.pointer(),
                  pid,
                  arena.allocateFrom(file),
                  Strings.orNull(pattern, arena),
                  options);
        });
  }

  /** A static probe of a file. A bundle of probes, which is no {@code bpf_link}. */
  public static LinkHandle usdt(
      ProgramHandle program,
      String subject,
      String file,
      String provider,
      String name,
      int pid,
      long cookie) {
    UsdtSpecs.require(program, subject);
    return Attempt.bundle(
        program,
        subject,
        (arena, errno) -> {
          MemorySegment options = bpf_usdt_opts.allocate(arena);
          bpf_usdt_opts.sz(options, bpf_usdt_opts.sizeof());
          bpf_usdt_opts.usdt_cookie(options, cookie);
          return (MemorySegment)
              Handles.USDT.invokeExact(
                  errno,
                  program.pointer(),
                  pid,
                  arena.allocateFrom(file),
                  arena.allocateFrom(provider),
                  arena.allocateFrom(name),
                  options);
        });
  }

  /** A tracepoint of tracefs. */
  public static LinkHandle tracepoint(
      ProgramHandle program, String subject, String category, String name, long cookie) {
    return Attempt.event(
        program,
        subject,
        cookie,
        (arena, errno) -> {
          MemorySegment options = bpf_tracepoint_opts.allocate(arena);
          bpf_tracepoint_opts.sz(options, bpf_tracepoint_opts.sizeof());
          bpf_tracepoint_opts.bpf_cookie(options, cookie);
          return (MemorySegment)
              Handles.TRACEPOINT.invokeExact(
                  errno,
                  program.pointer(),
                  arena.allocateFrom(category),
                  arena.allocateFrom(name),
                  options);
        });
  }

  /** An event of perf; its descriptor is the link's from then on. */
  public static LinkHandle perfEvent(
      ProgramHandle program, String subject, int eventFd, long cookie) {
    return Attempt.event(
        program,
        subject,
        cookie,
        (arena, errno) -> {
          MemorySegment options = bpf_perf_event_opts.allocate(arena);
          bpf_perf_event_opts.sz(options, bpf_perf_event_opts.sizeof());
          bpf_perf_event_opts.bpf_cookie(options, cookie);
          return (MemorySegment)
              Handles.PERF_EVENT.invokeExact(errno, program.pointer(), eventFd, options);
        });
  }

  private static MemorySegment longs(List<Long> values, Arena arena) {
    return values.isEmpty()
        ? MemorySegment.NULL
        : arena.allocateFrom(
            ValueLayout.JAVA_LONG, values.stream().mapToLong(Long::longValue).toArray());
  }

  private static final class Handles {
    static final MethodHandle KPROBE =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach_kprobe_opts$address(),
            libbpf_h.bpf_program__attach_kprobe_opts$descriptor());
    static final MethodHandle KPROBE_MULTI =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach_kprobe_multi_opts$address(),
            libbpf_h.bpf_program__attach_kprobe_multi_opts$descriptor());
    static final MethodHandle KSYSCALL =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach_ksyscall$address(),
            libbpf_h.bpf_program__attach_ksyscall$descriptor());
    static final MethodHandle UPROBE =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach_uprobe_opts$address(),
            libbpf_h.bpf_program__attach_uprobe_opts$descriptor());
    static final MethodHandle USDT =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach_usdt$address(),
            libbpf_h.bpf_program__attach_usdt$descriptor());
    static final MethodHandle TRACEPOINT =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach_tracepoint_opts$address(),
            libbpf_h.bpf_program__attach_tracepoint_opts$descriptor());
    static final MethodHandle PERF_EVENT =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach_perf_event_opts$address(),
            libbpf_h.bpf_program__attach_perf_event_opts$descriptor());
  }

  /** What libbpf got after 1.0, linked when it is used. */
  private static final class LaterHandles {
    static final MethodHandle UPROBE_MULTI =
        CapturedErrno.capturing(
            libbpf_h.bpf_program__attach_uprobe_multi$address(),
            libbpf_h.bpf_program__attach_uprobe_multi$descriptor());
  }
}
