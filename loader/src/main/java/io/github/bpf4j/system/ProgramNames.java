package io.github.bpf4j.system;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.uapi.ProgramInfo;
import java.util.Optional;

/** Whole names of programs. */
final class ProgramNames {
  /** {@code BPF_OBJ_NAME_LEN} without the 0 at its end: a name of this length may be cut. */
  private static final int KERNEL_NAME = 15;

  private ProgramNames() {}

  static String full(ProgramInfo program) {
    if (program.name().length() < KERNEL_NAME || program.btfId() == 0) {
      return program.name();
    }
    int function = mainFunction(program.id());
    Optional<Btf> btf = function == 0 ? Optional.empty() : BtfData.read(program.btfId());
    return btf.filter(types -> types.contains(function))
        .map(types -> types.name(function))
        .orElse(program.name());
  }

  private static int mainFunction(int programId) {
    Optional<Fd> opened = KernelObjects.openProgram(programId);
    if (opened.isEmpty()) {
      return 0;
    }
    try (Fd fd = opened.get()) {
      return KernelObjects.mainFunction(fd.number());
    }
  }
}
