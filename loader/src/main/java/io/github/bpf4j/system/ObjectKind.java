package io.github.bpf4j.system;

import java.util.Arrays;
import java.util.Optional;

/** What the kernel numbers: each kind has ids of its own. */
public enum ObjectKind {
  PROGRAM("bpf-prog", "prog_id"),
  MAP("bpf-map", "map_id"),
  LINK("bpf_link", "link_id"),
  BTF("btf", "btf_id");

  private final String file;
  private final String key;

  ObjectKind(String file, String key) {
    this.file = "anon_inode:" + file;
    this.key = key;
  }

  /** The kind of a descriptor by what {@code /proc/PID/fd} says it leads to. */
  static Optional<ObjectKind> of(String descriptorTarget) {
    // The kernel says bpf_link of a link that was just made, and bpf-link of one that was opened.
    String target = descriptorTarget.replace("bpf-link", "bpf_link");
    return Arrays.stream(values()).filter(kind -> kind.file.equals(target)).findFirst();
  }

  /** What {@code /proc/PID/fdinfo} calls the id. */
  String idKey() {
    return key;
  }
}
