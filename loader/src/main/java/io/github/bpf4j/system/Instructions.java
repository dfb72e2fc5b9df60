package io.github.bpf4j.system;

import io.github.bpf4j.libbpf.Instruction;
import java.util.List;

/** Programs that only some kernels understand; each returns 0 or 1. */
final class Instructions {
  private static final int SUBTRACT = 0x17;
  private static final int JUMP_IF_NOT = 0x55;
  private static final int JUMP_IF_LESS_THAN = 0xa5;
  private static final int JUMP_32_IF_LESS_THAN = 0xa6;
  private static final int JUMP_32_IF_NOT = 0x56;
  private static final int JUMP_32 = 0x06;
  private static final int LOAD_64 = 0x18;
  private static final int MAP_VALUE = 2;

  /** {@code r0 = 10; do r0 -= 1; while (r0 != 0)}. */
  static final List<Instruction> BOUNDED_LOOP =
      List.of(
          Instruction.move(0, 10),
          new Instruction(SUBTRACT, 0, 0, 0, 1),
          new Instruction(JUMP_IF_NOT, 0, 0, -2, 0),
          Instruction.exit());

  /** {@code r0 = 0; if (r0 < 0) r0 = 1}. */
  static final List<Instruction> JUMP_IF_LESS = skipping(JUMP_IF_LESS_THAN);

  /** The same on the lower half of the register. */
  static final List<Instruction> JUMP_ON_32_BITS = skipping(JUMP_32_IF_LESS_THAN);

  /** {@code r0 = 0; if (r0 == 1) goto end} by a jump of 32 bits. */
  static final List<Instruction> LONG_JUMP =
      List.of(
          Instruction.move(0, 0),
          new Instruction(JUMP_32_IF_NOT, 0, 0, 1, 1),
          new Instruction(JUMP_32, 0, 0, 0, 1),
          Instruction.move(0, 1),
          Instruction.exit());

  private Instructions() {}

  private static List<Instruction> skipping(int jump) {
    return List.of(
        Instruction.move(0, 0),
        new Instruction(jump, 0, 0, 1, 0),
        Instruction.move(0, 1),
        Instruction.exit());
  }

  /** {@code r1 = &the value of a map; r0 = 0}: two instructions' room for one address. */
  static List<Instruction> valueOf(int mapFd) {
    return List.of(
        new Instruction(LOAD_64, 1, MAP_VALUE, 0, mapFd),
        new Instruction(0, 0, 0, 0, 0),
        Instruction.move(0, 0),
        Instruction.exit());
  }
}
