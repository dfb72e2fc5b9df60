package io.github.bpf4j.codec;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.btf.CTypes;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.ElfSymbol;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Objects;

/** The structs of {@code shapes.c}, and for each the bytes that the C compiler made of a value. */
final class Shapes {
  private final ElfObject object;
  private final Btf btf;

  Shapes() throws IOException {
    object = ElfObject.parse(Files.readAllBytes(TestObjects.file("shapes")), "shapes.o");
    btf = Btf.parse(object, Objects.requireNonNull(object.section(Btf.SECTION)));
  }

  CStruct struct(String name) {
    BtfType type = Objects.requireNonNull(btf.find(BtfKind.STRUCT, name), name);
    return (CStruct) new CTypes().of(type);
  }

  byte[] bytes(String name) {
    ElfSymbol variable =
        object.symbols().stream()
            .filter(symbol -> symbol.name().equals("v_" + name))
            .findFirst()
            .orElseThrow();
    ElfSection section = object.section(variable.section());
    int from = (int) variable.value();
    byte[] bytes = new byte[(int) variable.size()];
    if (section.type() != ElfSection.NOBITS) {
      int start = section.offset() + from;
      bytes = Arrays.copyOfRange(object.file(), start, start + bytes.length);
    }
    return bytes;
  }
}
