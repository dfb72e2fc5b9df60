package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_prog_load_opts;
import io.github.bpf4j.bindings.libbpf_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that is loaded to see what the kernel says to it.
 *
 * <p>Not by {@code libbpf_probe_bpf_prog_type} and {@code libbpf_probe_bpf_helper}: they look for
 * words in the verifier's log that the kernel has changed since, so that an older libbpf is wrong
 * about a newer kernel, and know no type that came after them.
 *
 * @param type {@code enum bpf_prog_type}
 * @param attachType {@code enum bpf_attach_type}, 0 where the type has one hook only
 * @param attachBtfId a type of the kernel's BTF, 0 for none
 * @param flags {@code BPF_F_*}
 * @param instructions the program
 */
public record ProbeProgram(
    int type, int attachType, int attachBtfId, int flags, List<Instruction> instructions) {
  /** Far more than the words about the program and about each instruction take. */
  private static final int LOG_BYTES = 16 << 10;

  private static final int LOG_BYTES_PER_INSTRUCTION = 128;

  /** {@code r0 = 0; exit}. */
  public static final List<Instruction> NOTHING =
      List.of(Instruction.move(0, 0), Instruction.exit());

  /** A program that does nothing. */
  public static ProbeProgram of(int type) {
    return new ProbeProgram(type, 0, 0, 0, NOTHING);
  }

  /** The same for one of several hooks. */
  public ProbeProgram attachType(int newType) {
    return new ProbeProgram(type, newType, attachBtfId, flags, instructions);
  }

  /** The same for a function or hook that the kernel's BTF describes. */
  public ProbeProgram attachBtfId(int newId) {
    return new ProbeProgram(type, attachType, newId, flags, instructions);
  }

  /** The same with flags. */
  public ProbeProgram flags(int newFlags) {
    return new ProbeProgram(type, attachType, attachBtfId, newFlags, instructions);
  }

  /** The same with another code. */
  public ProbeProgram instructions(List<Instruction> newInstructions) {
    return new ProbeProgram(type, attachType, attachBtfId, flags, newInstructions);
  }

  /**
   * What the kernel said.
   *
   * @param errno 0 when it was loaded
   * @param log of the verifier; empty when the program did not get as far as that
   */
  public record Loaded(int errno, String log, @Nullable Fd program) implements AutoCloseable {
    /** Whether the verifier has seen it, whatever it thought of it: the kernel knows the type. */
    public boolean reachedVerifier() {
      return errno == 0 || !log.isEmpty();
    }

    @Override
    public void close() {
      if (program != null) {
        program.close();
      }
    }
  }

  /** Loads it. */
  public Loaded load() {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      int logBytes = LOG_BYTES + LOG_BYTES_PER_INSTRUCTION * instructions.size();
      MemorySegment log = arena.allocate(logBytes);
      MemorySegment options = bpf_prog_load_opts.allocate(arena);
      bpf_prog_load_opts.sz(options, bpf_prog_load_opts.sizeof());
      bpf_prog_load_opts.expected_attach_type(options, attachType);
      bpf_prog_load_opts.attach_btf_id(options, attachBtfId);
      bpf_prog_load_opts.prog_flags(options, flags);
      bpf_prog_load_opts.log_level(options, 1);
      bpf_prog_load_opts.log_buf(options, log);
      bpf_prog_load_opts.log_size(options, logBytes);
      int fd =
          libbpf_h.bpf_prog_load(
              type,
              MemorySegment.NULL,
              arena.allocateFrom("GPL"),
              Instruction.assemble(instructions, arena),
              instructions.size(),
              options);
      String text = log.getString(0);
      return fd < 0 ? new Loaded(-fd, text, null) : new Loaded(0, text, new Fd(fd, "probe"));
    }
  }
}
