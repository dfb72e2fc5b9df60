package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.bpf_insn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * {@code struct bpf_insn} of {@code linux/bpf.h}.
 *
 * <pre>
 *   | code 8 | dst 4 | src 4 | off 16 | imm 32 |
 * </pre>
 *
 * @see <a href="https://docs.kernel.org/bpf/standardization/instruction-set.html">BPF Instruction
 *     Set Architecture</a>
 */
public record Instruction(int code, int dst, int src, int off, int imm) {
  private static final int REGISTERS = 1;
  private static final int NIBBLE = 4;

  /** {@code dst = imm}, 64 bits. */
  public static Instruction move(int dst, int imm) {
    return new Instruction(0xb7, dst, 0, 0, imm);
  }

  /** A call of a helper. */
  public static Instruction call(int helper) {
    return new Instruction(0x85, 0, 0, 0, helper);
  }

  /** The end, with r0 as the result. */
  public static Instruction exit() {
    return new Instruction(0x95, 0, 0, 0, 0);
  }

  static MemorySegment assemble(List<Instruction> instructions, SegmentAllocator allocator) {
    MemorySegment code = bpf_insn.allocateArray(instructions.size(), allocator);
    for (int i = 0; i < instructions.size(); i++) {
      instructions.get(i).write(bpf_insn.asSlice(code, i));
    }
    return code;
  }

  private void write(MemorySegment at) {
    bpf_insn.code(at, (byte) code);
    // Two bit-fields, which jextract passes over; dst is the first.
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    int registers = little ? dst | src << NIBBLE : dst << NIBBLE | src;
    at.set(ValueLayout.JAVA_BYTE, REGISTERS, (byte) registers);
    bpf_insn.off(at, (short) off);
    bpf_insn.imm(at, imm);
  }
}
