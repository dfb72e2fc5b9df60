package io.github.bpf4j.object;

import java.util.Set;

/** Sections that mean something to libbpf by their name. */
final class Names {
  static final String KCONFIG = ".kconfig";
  static final String KSYMS = ".ksyms";
  static final String MAPS = ".maps";

  /** Of these libbpf takes the first or the last; with two of them, what is checked may differ. */
  static final Set<String> UNIQUE =
      Set.of(
          ".BTF",
          ".BTF.ext",
          MAPS,
          ".struct_ops",
          ".struct_ops.link",
          "?.struct_ops",
          "?.struct_ops.link",
          ".addr_space.1",
          ".jumptables",
          ".text",
          "license",
          "version");

  private Names() {}

  /** Whether a section holds structs of functions for the kernel to call. */
  static boolean isStructOps(String section) {
    return section.equals(".struct_ops")
        || section.equals(".struct_ops.link")
        || section.equals("?.struct_ops")
        || section.equals("?.struct_ops.link");
  }

  /** Whether libbpf reads the relocations of this name, whatever section they are for. */
  static boolean isRelocated(String relocations) {
    return relocations.startsWith(".rel")
        && (relocations.equals(".rel" + MAPS)
            || isStructOps(relocations.substring(".rel".length())));
  }
}
