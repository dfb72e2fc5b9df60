package io.github.bpf4j;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;

/** Says why libbpf refused a well-formed object, where its errno would lead astray. */
final class OpenFailure {
  private static final String MAPS = ".maps";

  private OpenFailure() {}

  /** libbpf says ENOENT of an object without types, as if the file were missing. */
  static BpfException explain(BpfException plain, ElfObject object) {
    if (object.section(MAPS) == null || object.section(Btf.SECTION) != null) {
      return plain;
    }
    return new BpfException(
        Failure.of("open", object.name(), plain.errno().orElse(0))
            .because("BTF defines the maps of SEC(\"" + MAPS + "\"), and it has none")
            .log(plain.log())
            .hint("compile it with -g"));
  }
}
