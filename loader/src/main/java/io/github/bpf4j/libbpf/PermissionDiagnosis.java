package io.github.bpf4j.libbpf;

import io.github.bpf4j.uapi.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds out why the kernel said EPERM: a capability that this thread lacks, or kernel lockdown.
 * When it is neither, that is what can be said, and nothing is guessed.
 */
final class PermissionDiagnosis {
  private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");

  private PermissionDiagnosis() {}

  /** A hint. */
  static String explain(List<Capability> needed) {
    String missing =
        names(needed.stream().filter(capability -> !HeldCapabilities.has(capability)).toList());
    if (!missing.isEmpty()) {
      return "this thread lacks " + missing + ": run as root, or give it to the process";
    }
    String lockdown = lockdown();
    return lockdown.isEmpty() || lockdown.contains("[none]")
        ? "this thread has " + names(needed) + ": something else forbids it"
        : "kernel lockdown is on: " + lockdown;
  }

  private static String names(List<Capability> capabilities) {
    return capabilities.stream().map(Capability::toString).collect(Collectors.joining(" and "));
  }

  private static String lockdown() {
    try {
      return Files.readString(LOCKDOWN).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
