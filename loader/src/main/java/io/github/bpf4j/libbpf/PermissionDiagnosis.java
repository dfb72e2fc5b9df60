package io.github.bpf4j.libbpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why the kernel said EPERM: a capability that this thread lacks, kernel lockdown, or
 * neither, in which case nothing is guessed.
 */
final class PermissionDiagnosis {
  private static final Path LOCKDOWN = Path.of("/sys/kernel/security/lockdown");

  private PermissionDiagnosis() {}

  /** A hint, or null when neither capabilities nor lockdown explain it. */
  static @Nullable String explain(List<Capability> needed) {
    String missing =
        needed.stream()
            .filter(capability -> !capability.isHeld())
            .map(Capability::toString)
            .collect(Collectors.joining(" and "));
    if (!missing.isEmpty()) {
      return "this thread lacks " + missing + ": run as root, or give it to the process";
    }
    String lockdown = lockdown();
    return lockdown.isEmpty() || lockdown.contains("[none]")
        ? null
        : "kernel lockdown is on: " + lockdown;
  }

  private static String lockdown() {
    try {
      return Files.readString(LOCKDOWN).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
