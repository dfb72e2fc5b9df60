package io.github.bpf4j.object;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfExt;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.ElfSymbol;
import io.github.bpf4j.elf.Place;
import io.github.bpf4j.error.BpfObjectFormatException;
import io.github.bpf4j.error.Failure;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/**
 * Refuses objects that libbpf would crash on. What is well-formed and libbpf accepts must pass: a
 * rule stands here only when libbpf goes on without looking.
 */
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
    checkSections(object);
    checkExterns(object);
    Functions functions = Functions.of(object);
    CodeCheck code = new CodeCheck(object, functions);
    code.checkRelocations();
    CallCheck.check(object, functions);
    ElfSection types = object.section(Btf.SECTION);
    if (types == null) {
      return;
    }
    Btf btf = Btf.parse(object, types);
    new DataCheck(object, btf, object.place(types)).check();
    ElfSection ext = object.section(BtfExt.SECTION);
    if (ext != null) {
      code.checkRelocations(BtfExt.parse(object, ext, btf), object.data(ext));
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

  private static void checkSections(ElfObject object) {
    Set<String> seen = new HashSet<>();
    for (ElfSection section : object.sections()) {
      String name = section.name();
      if (Names.UNIQUE.contains(name) && !seen.add(name)) {
        throw object.place(section).malformed("a second section of that name", "one");
      }
      boolean types = name.equals(Btf.SECTION) || name.equals(BtfExt.SECTION);
      if (types && section.type() != ElfSection.PROGBITS) {
        throw object
            .place(section)
            .malformed("a section of type " + section.type(), "of type " + ElfSection.PROGBITS);
      }
      // libbpf keeps sizes of data as 32 bits, and maps that much memory.
      if (section.type() == ElfSection.NOBITS
          && Long.compareUnsigned(section.size(), 1L << 31) >= 0) {
        throw object
            .place(section)
            .malformed(Long.toUnsignedString(section.size()) + " bytes", "less than 2 GiB");
      }
    }
  }

  /** libbpf takes each for a variable of its own, and reckons with the sizes of all. */
  private static void checkExterns(ElfObject object) {
    Set<String> seen = new HashSet<>();
    for (ElfSymbol symbol : object.symbols()) {
      boolean external =
          symbol.section() == ElfSymbol.UNDEFINED && symbol.binding() != ElfSymbol.LOCAL;
      if (external && !symbol.name().isEmpty() && !seen.add(symbol.name())) {
        throw new Place(object.name(), "symbol table")
            .malformed("a second undefined symbol " + symbol.name(), "one");
      }
    }
  }
}
