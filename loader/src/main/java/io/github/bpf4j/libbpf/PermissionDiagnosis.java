package io.github.bpf4j.libbpf;

import io.github.bpf4j.uapi.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds out why the kernel said EPERM: a capability that this thread lacks, a user namespace, or
 * kernel lockdown. When it is none of them, that is what can be said, and nothing is guessed.
 */
final class PermissionDiagnosis {
  private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");

  private static final Path UID_MAP = Path.of("/proc/self/uid_map");

  private PermissionDiagnosis() {}

  /** A hint. */
  static String explain(List<Capability> needed) {
    String missing =
        names(needed.stream().filter(capability -> !HeldCapabilities.has(capability)).toList());
    if (!missing.isEmpty()) {
      return "this thread lacks " + missing + ": run as root, or give it to the process";
    }
    if (isInUserNamespace()) {
      return "this process is in a user namespace, where capabilities do not count for BPF: "
          + "run outside of it, or load by a token of a bpf file system (libbpf 1.5, kernel 6.9)";
    }
    String lockdown = lockdown();
    return lockdown.isEmpty() || lockdown.contains("[none]")
        ? "this thread has " + names(needed) + ": something else forbids it"
        : "kernel lockdown is on: " + lockdown;
  }

  private static String names(List<Capability> capabilities) {
    return capabilities.stream().map(Capability::toString).collect(Collectors.joining(" and "));
  }

  /** The first one maps all ids to themselves. */
  private static boolean isInUserNamespace() {
    try {
      String map = Files.readString(UID_MAP).strip();
      return !map.isEmpty() && !map.matches("0\\s+0\\s+4294967295");
    } catch (IOException e) {
      return false;
    }
  }

  private static String lockdown() {
    try {
      return Files.readString(LOCKDOWN).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
