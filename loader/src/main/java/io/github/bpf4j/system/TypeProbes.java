package io.github.bpf4j.system;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.Instruction;
import io.github.bpf4j.libbpf.MapMaker;
import io.github.bpf4j.libbpf.Pages;
import io.github.bpf4j.libbpf.ProbeProgram;
import io.github.bpf4j.libbpf.ProbeProgram.Loaded;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.BpfHelper;
import io.github.bpf4j.uapi.BpfMapFlag;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import java.util.List;

/** Asks the kernel for program types, map types and helpers, by loading and making one. */
final class TypeProbes {
  /** {@code BPF_F_SLEEPABLE}. */
  private static final int SLEEPABLE = 1 << 4;

  /** {@code struct bpf_cgroup_storage_key}, {@code struct bpf_insn_array_value}. */
  private static final int SIXTEEN_BYTES = 16;

  /** Any type of the kernel's BTF: the verifier need not like it, only look at it. */
  private static final int SOME_TYPE = 1;

  private TypeProbes() {}

  static Support program(BpfProgramType type) {
    try (Loaded loaded = probe(type).load()) {
      return loaded.reachedVerifier() ? Support.YES : Verdicts.refused(loaded.errno());
    }
  }

  /** A program that does nothing, with what the type must have before the verifier looks at it. */
  private static ProbeProgram probe(BpfProgramType type) {
    ProbeProgram program = ProbeProgram.of(type.number());
    return switch (type) {
      case CGROUP_SOCK_ADDR -> program.attachType(BpfAttachType.CGROUP_INET4_CONNECT.number());
      case CGROUP_SOCKOPT -> program.attachType(BpfAttachType.CGROUP_GETSOCKOPT.number());
      case SK_LOOKUP -> program.attachType(BpfAttachType.SK_LOOKUP.number());
      case NETFILTER -> program.attachType(BpfAttachType.NETFILTER.number());
      case SYSCALL -> program.flags(SLEEPABLE);
      case TRACING -> KernelTypes.tracepoint(program);
      case LSM -> program.attachType(BpfAttachType.LSM_MAC.number()).attachBtfId(SOME_TYPE);
      case EXT, STRUCT_OPS -> program.attachBtfId(SOME_TYPE);
      default -> program;
    };
  }

  static Support map(BpfMapType type) {
    try {
      if (type == BpfMapType.ARRAY_OF_MAPS || type == BpfMapType.HASH_OF_MAPS) {
        try (Fd inner = maker(BpfMapType.ARRAY).create()) {
          maker(type).inner(inner.number()).create().close();
        }
      } else {
        maker(type).create().close();
      }
      return Support.YES;
    } catch (BpfException e) {
      int errno = e.errno().orElse(0);
      // A struct_ops map of a struct that is none: the kernel looked at it, so it knows the type.
      return type == BpfMapType.STRUCT_OPS && errno == NOT_SUPPORTED
          ? Support.YES
          : Verdicts.refused(errno);
    }
  }

  /** What the kernel answers, inside itself and here, for a struct without operations. */
  private static final int NOT_SUPPORTED = 524;

  private static MapMaker maker(BpfMapType type) {
    int noPreallocation = BpfMapFlag.NO_PREALLOC.mask();
    return switch (type) {
      case STACK_TRACE -> maker(type, Integer.BYTES, Long.BYTES, 1);
      case LPM_TRIE -> maker(type, Long.BYTES, Integer.BYTES, 1).flags(noPreallocation);
      case CGROUP_STORAGE, PERCPU_CGROUP_STORAGE -> maker(type, SIXTEEN_BYTES, Long.BYTES, 0);
      case QUEUE, STACK, BLOOM_FILTER -> maker(type, 0, Integer.BYTES, 1);
      case SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE ->
          maker(type, Integer.BYTES, Integer.BYTES, 0).flags(noPreallocation);
      case RINGBUF, USER_RINGBUF -> maker(type, 0, 0, Pages.size());
      case STRUCT_OPS -> maker(type, Integer.BYTES, 0, 1).vmlinuxValueType(SOME_TYPE);
      case ARENA -> maker(type, 0, 0, 1).flags(BpfMapFlag.MMAPABLE.mask());
      case INSN_ARRAY -> maker(type, Integer.BYTES, SIXTEEN_BYTES, 1);
      case RHASH -> maker(type, Integer.BYTES, Integer.BYTES, 1).flags(noPreallocation);
      default -> maker(type, Integer.BYTES, Integer.BYTES, 1);
    };
  }

  private static MapMaker maker(BpfMapType type, int key, int value, int entries) {
    return new MapMaker(type.number(), "bpf4j_probe", key, value, entries);
  }

  /** Whether programs of a type may call a helper; the type itself is there. */
  static Support helper(BpfProgramType type, BpfHelper helper) {
    ProbeProgram program =
        hooked(type).instructions(List.of(Instruction.call(helper.number()), Instruction.exit()));
    try (Loaded loaded = program.load()) {
      if (!loaded.reachedVerifier()) {
        return Verdicts.refused(loaded.errno());
      }
      String log = loaded.log();
      // Kernels of before 6.11 say the first two, and later ones the third.
      boolean unknown =
          log.contains("invalid func ")
              || log.contains("unknown func ")
              || log.contains("program of this type cannot use helper ");
      if (unknown) {
        return Support.no("no program of this type may call it");
      }
      // The kernel looks at what is attached to before it looks at the code.
      return log.contains("attach_btf_id") && loaded.errno() != 0
          ? Support.unknown("there is nothing here to trace: " + log.strip())
          : Support.YES;
    }
  }

  /** With something real to attach to, for the types whose code is not looked at otherwise. */
  private static ProbeProgram hooked(BpfProgramType type) {
    ProbeProgram program = probe(type);
    return type == BpfProgramType.LSM ? KernelTypes.lsmHook(program) : program;
  }
}
