package io.github.bpf4j.fuzz;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfExt;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.error.BpfObjectFormatException;
import io.github.bpf4j.legacy.LegacyUpgrade;
import io.github.bpf4j.legacy.LegacyUpgrade.Upgraded;
import io.github.bpf4j.object.ObjectCheck;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes at all: either they are refused with one sentence, or all of the object can be read,
 * and an old object becomes one of today's that is as well-formed.
 */
public final class ReaderFuzz {
  private ReaderFuzz() {}

  /** The name and form that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    ElfObject object = orRefused(() -> ElfObject.parse(bytes, "fuzz"));
    if (object == null) {
      return;
    }
    orRefused(() -> readAll(object));
    Upgraded upgraded =
        orRefused(
            () -> {
              ObjectCheck.check(object);
              return LegacyUpgrade.of(object);
            });
    if (upgraded != null) {
      checkUpgraded(upgraded);
    }
  }

  /** The result, or null when the object was refused, which takes a sentence and no more. */
  private static <T> @Nullable T orRefused(Supplier<@Nullable T> code) {
    try {
      return code.get();
    } catch (BpfObjectFormatException e) {
      if (e.sentence().lines().count() > 1) {
        throw new AssertionError("more than a sentence", e);
      }
      return null;
    }
  }

  /** It is checked again, and may be refused then; but nothing old may be left in it. */
  private static void checkUpgraded(Upgraded upgraded) {
    Upgraded again =
        orRefused(
            () -> {
              ElfObject object = ElfObject.parse(upgraded.file(), "upgraded");
              ObjectCheck.check(object);
              return LegacyUpgrade.of(object);
            });
    if (again != null) {
      throw new AssertionError("a second upgrade found " + again.maps());
    }
  }

  private static ElfObject readAll(ElfObject object) {
    @Nullable Btf btf = null;
    for (ElfSection section : object.sections()) {
      int _ = sum(object.data(section));
      if (section.type() == ElfSection.REL) {
        object.relocations(section);
      }
      if (section.name().equals(Btf.SECTION)) {
        btf = Btf.parse(object, section);
      }
    }
    if (btf == null) {
      return object;
    }
    for (int id = 1; id < btf.count(); id++) {
      read(btf.type(id));
    }
    ElfSection ext = object.section(BtfExt.SECTION);
    if (ext != null) {
      BtfExt.parse(object, ext, btf);
    }
    return object;
  }

  private static int sum(ByteBuffer bytes) {
    int sum = 0;
    while (bytes.hasRemaining()) {
      sum += bytes.get();
    }
    return sum;
  }

  private static void read(BtfType type) {
    String text = type.toString();
    BtfType resolved = type.resolved();
    long size = type.size();
    switch (type.kind()) {
      case ARRAY -> size += type.element().size() * type.length();
      case STRUCT, UNION -> text += type.members();
      case ENUM, ENUM64 -> text += type.enumerators();
      case FUNC_PROTO -> text += type.parameters();
      case DATASEC -> text += type.variables();
      case VAR, FUNC -> size += type.linkage();
      case DECL_TAG -> size += type.component();
      case INT -> size += type.integer();
      default -> {}
    }
    if (resolved.kind().isModifier() || text.isEmpty()) {
      throw new AssertionError(text + size);
    }
    if (type.kind().refers() && type.target().kind() == BtfKind.DATASEC) {
      type.target().variables();
    }
  }
}
