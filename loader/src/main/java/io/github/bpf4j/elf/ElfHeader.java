package io.github.bpf4j.elf;

import io.github.bpf4j.error.BpfObjectFormatException;
import io.github.bpf4j.error.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of an ELF file, as far as they tell whether it is a BPF object for this machine.
 *
 * <pre>
 *   offset 0         4      5     6            16       18         20          64
 *          | 7f ELF | class| data| ident ...   | e_type | e_machine | ...       |
 *                     2=64   1=little            1=REL    247=BPF
 *                            2=big
 * </pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
public final class ElfHeader {
  private static final int SIZE = 64;
  private static final int MAGIC = 0x7f454c46;
  private static final int CLASS = 4;
  private static final int CLASS_64 = 2;
  private static final int DATA = 5;
  private static final int DATA_LITTLE = 1;
  private static final int DATA_BIG = 2;
  private static final int TYPE = 16;
  private static final int TYPE_RELOCATABLE = 1;
  private static final int MACHINE = 18;
  private static final int MACHINE_BPF = 247;

  private ElfHeader() {}

  /**
   * Refuses what is no BPF object for this machine.
   *
   * @param name names the object in the exception
   */
  public static void check(byte[] file, String name) {
    String wrong = complaint(file);
    if (wrong != null) {
      throw new BpfObjectFormatException(
          Failure.of("open", name, wrong).hint("a BPF object is what clang -target bpf -c makes"));
    }
    ByteOrder order = order(file[DATA]);
    if (order != ByteOrder.nativeOrder()) {
      throw new BpfObjectFormatException(
          Failure.of("open", name, "it is " + words(order) + ", this machine is " + words())
              .hint("compile it with clang -target bpf, which means this machine's byte order"));
    }
  }

  private static @Nullable String complaint(byte[] file) {
    if (file.length == 0) {
      return "it is empty";
    }
    if (file.length < SIZE) {
      return "it is not an ELF file: " + file.length + " bytes, an ELF header has " + SIZE;
    }
    if (ByteBuffer.wrap(file).getInt(0) != MAGIC) {
      return "it is not an ELF file: it does not start with 7f 45 4c 46";
    }
    if (file[CLASS] != CLASS_64) {
      return "it is not a 64-bit ELF file: class " + file[CLASS] + " instead of " + CLASS_64;
    }
    if (file[DATA] != DATA_LITTLE && file[DATA] != DATA_BIG) {
      return "its ELF byte order is neither little nor big: " + file[DATA];
    }
    ByteBuffer header = ByteBuffer.wrap(file).order(order(file[DATA]));
    int machine = Short.toUnsignedInt(header.getShort(MACHINE));
    // Old compilers left the machine at 0.
    if (machine != MACHINE_BPF && machine != 0) {
      return "it is an ELF file for " + machineName(machine) + ", not for BPF";
    }
    int type = Short.toUnsignedInt(header.getShort(TYPE));
    if (type != TYPE_RELOCATABLE) {
      return "it is not a relocatable ELF object: type " + type + " instead of " + TYPE_RELOCATABLE;
    }
    return null;
  }

  private static ByteOrder order(byte data) {
    return data == DATA_LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  private static String words() {
    return words(ByteOrder.nativeOrder());
  }

  private static String words(ByteOrder order) {
    return order == ByteOrder.LITTLE_ENDIAN ? "little-endian" : "big-endian";
  }

  private static String machineName(int machine) {
    return switch (machine) {
      case 3 -> "x86 (32 bit)";
      case 22 -> "s390";
      case 40 -> "ARM (32 bit)";
      case 62 -> "x86-64";
      case 183 -> "AArch64";
      case 243 -> "RISC-V";
      default -> "machine " + machine;
    };
  }
}
