package io.github.bpf4j.object;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfExt;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.error.BpfObjectFormatException;
import io.github.bpf4j.error.Failure;
import java.nio.ByteOrder;

/** Refuses objects that libbpf would crash on; those that it accepts and are well-formed pass. */
public final class ObjectCheck {
  private ObjectCheck() {}

  /**
   * Reads and checks an object file.
   *
   * @param file the bytes of an ELF file
   * @param name names the object in the exception
   * @throws BpfObjectFormatException says what is malformed, where, and what was expected
   */
  public static void check(byte[] file, String name) {
    check(ElfObject.parse(file, name));
  }

  /** Checks an object that was read. */
  public static void check(ElfObject object) {
    checkOrder(object);
    ElfSection types = object.section(Btf.SECTION);
    if (types != null && types.hasBytes()) {
      Btf btf = Btf.parse(object, types);
      ElfSection ext = object.section(BtfExt.SECTION);
      if (ext != null) {
        BtfExt.parse(object, ext, btf);
      }
    }
  }

  private static void checkOrder(ElfObject object) {
    ByteOrder order = object.order();
    if (order != ByteOrder.nativeOrder()) {
      throw new BpfObjectFormatException(
          Failure.of(
                  "open",
                  object.name(),
                  "it is " + words(order) + ", this machine is " + words(ByteOrder.nativeOrder()))
              .hint("compile it with clang -target bpf, which means this machine's byte order"));
    }
  }

  private static String words(ByteOrder order) {
    return order == ByteOrder.LITTLE_ENDIAN ? "little-endian" : "big-endian";
  }
}
