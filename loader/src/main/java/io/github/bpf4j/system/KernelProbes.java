package io.github.bpf4j.system;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.HeldCapabilities;
import io.github.bpf4j.libbpf.Instruction;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.MapMaker;
import io.github.bpf4j.libbpf.ProbeCalls;
import io.github.bpf4j.libbpf.ProbeProgram;
import io.github.bpf4j.libbpf.ProbeProgram.Loaded;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfHelper;
import io.github.bpf4j.uapi.BpfMapFlag;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.Capability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Asks the kernel for what is neither a type nor a helper. */
final class KernelProbes {
  private static final Path KERNEL_BTF = Path.of("/sys/kernel/btf/vmlinux");

  /** What programs may have had before 5.2. */
  private static final int FEW_INSTRUCTIONS = 4096;

  private static final int XDP_HAS_FRAGS = 1 << 5;
  private static final int XDP_DROP = 1;
  private static final int LOOPBACK = 1;
  private static final int NONE = 0;
  private static final String NO_SUCH_FUNCTION = "bpf4j_no_such_function";

  private KernelProbes() {}

  static Support probe(BpfFeature feature) {
    return switch (feature) {
      case LARGE_PROGRAMS -> largeProgram();
      case BOUNDED_LOOPS -> runs(Instructions.BOUNDED_LOOP);
      case ISA_V2 -> runs(Instructions.JUMP_IF_LESS);
      case ISA_V3 -> runs(Instructions.JUMP_ON_32_BITS);
      case ISA_V4 -> runs(Instructions.LONG_JUMP);
      case GLOBAL_DATA -> globalData();
      case MMAPABLE_ARRAYS ->
          makes(
              new MapMaker(BpfMapType.ARRAY.number(), "bpf4j_probe", 4, 4, 1)
                  .flags(BpfMapFlag.MMAPABLE.mask()));
      case BTF -> Verdicts.of(ProbeCalls.loadBtf(Types.INT), NONE);
      case BTF_FLOAT -> Verdicts.of(ProbeCalls.loadBtf(Types.FLOAT), NONE);
      case BTF_TYPE_TAG -> Verdicts.of(ProbeCalls.loadBtf(Types.TYPE_TAG), NONE);
      case BTF_ENUM64 -> Verdicts.of(ProbeCalls.loadBtf(Types.ENUM64), NONE);
      case KERNEL_BTF ->
          Files.exists(KERNEL_BTF) ? Support.YES : Support.no("there is no " + KERNEL_BTF);
      // The helper came with it.
      case MEMCG_ACCOUNTING ->
          FeatureProbes.helper(BpfProgramType.SOCKET_FILTER, BpfHelper.KTIME_GET_COARSE_NS);
      case HASH_BATCH -> batch(BpfMapType.HASH, Errno.ENOENT);
      case PERCPU_ARRAY_BATCH -> batch(BpfMapType.PERCPU_ARRAY, NONE);
      case BIND_MAP -> bindMap();
      case LINKS -> Verdicts.of(ProbeCalls.link(), Errno.EBADF);
      case PERF_EVENT_LINKS ->
          with(
              ProbeProgram.of(BpfProgramType.TRACEPOINT.number()),
              fd -> ProbeCalls.perfEventLink(fd),
              Errno.EBADF);
      case ITERATORS -> Verdicts.of(ProbeCalls.iterator(), Errno.EBADF);
      case TRAMPOLINES ->
          with(
              KernelTypes.function(ProbeProgram.of(BpfProgramType.TRACING.number())),
              ProbeCalls::trace,
              NONE);
      case KPROBE_MULTI -> kprobeMulti(BpfAttachType.TRACE_KPROBE_MULTI);
      case KPROBE_SESSION -> kprobeMulti(BpfAttachType.TRACE_KPROBE_SESSION);
      case UPROBE_MULTI ->
          with(
              ProbeProgram.of(BpfProgramType.KPROBE.number())
                  .attachType(BpfAttachType.TRACE_UPROBE_MULTI.number()),
              fd -> ProbeCalls.uprobeMulti(fd, "/"),
              Errno.EBADF);
      case XDP_FRAGS ->
          with(ProbeProgram.of(BpfProgramType.XDP.number()).flags(XDP_HAS_FRAGS), fd -> 0, NONE);
      case XDP_LIVE_FRAMES ->
          with(
              ProbeProgram.of(BpfProgramType.XDP.number())
                  .instructions(List.of(Instruction.move(0, XDP_DROP), Instruction.exit())),
              ProbeCalls::liveFrame,
              NONE);
      case TCX -> Verdicts.of(ProbeCalls.query(LOOPBACK, BpfAttachType.TCX_INGRESS.number()), NONE);
      // Loopback is no netkit device, says a kernel that has such devices.
      case NETKIT ->
          Verdicts.of(
              ProbeCalls.query(LOOPBACK, BpfAttachType.NETKIT_PRIMARY.number()), Errno.ENXIO);
      case RUN_STATISTICS -> runStatistics();
      case TOKENS -> Verdicts.of(ProbeCalls.token(), Errno.EBADF);
    };
  }

  private static Support largeProgram() {
    Support support =
        runs(
            Stream.concat(
                    IntStream.range(0, FEW_INSTRUCTIONS).mapToObj(_ -> Instruction.move(0, 0)),
                    Stream.of(Instruction.exit()))
                .toList());
    // The few are what others than root still get.
    return support.isThere() || HeldCapabilities.has(Capability.BPF)
        ? support
        : Support.unknown("CAP_BPF is missing");
  }

  private static Support runs(List<Instruction> instructions) {
    return with(
        ProbeProgram.of(BpfProgramType.SOCKET_FILTER.number()).instructions(instructions),
        fd -> 0,
        NONE);
  }

  /** Loads a program, and does something with it. */
  private static Support with(ProbeProgram program, IntUnaryOperator call, int good) {
    try (Loaded loaded = program.load()) {
      Fd fd = loaded.program();
      return fd == null
          ? Verdicts.refused(loaded.errno())
          : Verdicts.of(call.applyAsInt(fd.number()), good);
    }
  }

  private static Support kprobeMulti(BpfAttachType type) {
    return with(
        ProbeProgram.of(BpfProgramType.KPROBE.number()).attachType(type.number()),
        fd -> ProbeCalls.kprobeMulti(fd, type.number(), NO_SUCH_FUNCTION),
        Errno.ESRCH);
  }

  private static Support makes(MapMaker maker) {
    try {
      maker.create().close();
      return Support.YES;
    } catch (BpfException e) {
      return Verdicts.refused(e.errno().orElse(0));
    }
  }

  private static Support globalData() {
    return withArray(map -> runs(Instructions.valueOf(map)));
  }

  private static Support bindMap() {
    return withArray(
        map ->
            with(
                ProbeProgram.of(BpfProgramType.SOCKET_FILTER.number()),
                fd -> ProbeCalls.bindMap(fd, map),
                NONE));
  }

  private static Support withArray(IntFunction<Support> probe) {
    try (Fd map = new MapMaker(BpfMapType.ARRAY.number(), "bpf4j_probe", 4, 32, 1).create()) {
      return probe.apply(map.number());
    } catch (BpfException e) {
      return Verdicts.refused(e.errno().orElse(0));
    }
  }

  private static Support batch(BpfMapType type, int good) {
    try (Fd map = new MapMaker(type.number(), "bpf4j_probe", 4, 8, 1).create()) {
      return Verdicts.of(ProbeCalls.readBatch(map.number()), good);
    } catch (BpfException e) {
      return Verdicts.refused(e.errno().orElse(0));
    }
  }

  private static Support runStatistics() {
    try {
      KernelObjects.enableRunStatistics().close();
      return Support.YES;
    } catch (BpfException e) {
      return Verdicts.refused(e.errno().orElse(0));
    }
  }
}
