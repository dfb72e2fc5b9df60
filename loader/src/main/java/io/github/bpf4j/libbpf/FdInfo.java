package io.github.bpf4j.libbpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * {@code /proc/self/fdinfo} of a BPF descriptor: what the kernel tells there and nowhere else.
 *
 * <pre>
 *   memlock:	4096
 *   frozen:	0
 *   owner_prog_type:	6
 * </pre>
 */
final class FdInfo {
  private final Map<String, String> values;

  private FdInfo(Map<String, String> values) {
    this.values = values;
  }

  static FdInfo of(int fd) {
    try {
      return parse(Files.readString(Path.of("/proc/self/fdinfo/" + fd)));
    } catch (IOException e) {
      return new FdInfo(Map.of()); // /proc is not mounted
    }
  }

  static FdInfo parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return new FdInfo(values);
  }

  /** The bytes that the object takes of the kernel's memory. */
  OptionalLong memory() {
    String memlock = values.get("memlock");
    return memlock == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(memlock));
  }

  /** A number; 0 where there is none of that name. */
  int number(String name) {
    return Integer.parseInt(values.getOrDefault(name, "0"));
  }
}
