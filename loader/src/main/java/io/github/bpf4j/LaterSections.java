package io.github.bpf4j;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.libbpf.Libbpf;

/**
 * Sections that libbpf knows since a version after 1.0. An older one takes no notice of them, and
 * fails later with words that say nothing of it.
 */
final class LaterSections {
  private LaterSections() {}

  /**
   * Makes sure that libbpf knows all sections of an object.
   *
   * @throws io.github.bpf4j.error.BpfUnsupportedException names the section, the libbpf found and
   *     the libbpf needed
   */
  static void require(ElfObject object) {
    for (ElfSection section : object.sections()) {
      int minor =
          switch (section.name()) {
            case ".struct_ops.link" -> 2;
            case "?.struct_ops", "?.struct_ops.link", ".addr_space.1" -> 4;
            case ".jumptables" -> 7;
            default -> 0;
          };
      if (minor > 0) {
        Libbpf.requireVersion("section " + section.name() + " of " + object.name(), 1, minor);
      }
    }
  }
}
