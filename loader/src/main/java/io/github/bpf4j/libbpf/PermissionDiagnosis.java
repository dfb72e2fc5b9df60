package io.github.bpf4j.libbpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why the kernel said EPERM: a capability that this thread lacks, kernel lockdown, or
 * neither, in which case nothing is guessed.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
public final class PermissionDiagnosis {
  private static final int CAP_NET_ADMIN = 12;
  private static final int CAP_SYS_ADMIN = 21;
  private static final int CAP_BPF = 39;

  private PermissionDiagnosis() {}

  /** A hint, or null when neither capabilities nor lockdown explain it. */
  static @Nullable String explain() {
    List<String> missing = missingForNetworkPrograms();
    if (!missing.isEmpty()) {
      return "this thread lacks "
          + String.join(" and ", missing)
          + ": run as root, or give the process these capabilities";
    }
    String lockdown = firstLine(Path.of("/sys/kernel/security/lockdown"));
    if (lockdown != null && !lockdown.contains("[none]")) {
      return "kernel lockdown is on: " + lockdown;
    }
    return null;
  }

  /**
   * The capabilities that loading and attaching network programs takes and this thread has not:
   * CAP_BPF (or CAP_SYS_ADMIN, which implies it) and CAP_NET_ADMIN.
   */
  public static List<String> missingForNetworkPrograms() {
    long effective = effectiveCapabilities();
    List<String> missing = new ArrayList<>();
    if (!has(effective, CAP_BPF) && !has(effective, CAP_SYS_ADMIN)) {
      missing.add("CAP_BPF");
    }
    if (!has(effective, CAP_NET_ADMIN)) {
      missing.add("CAP_NET_ADMIN");
    }
    return missing;
  }

  private static boolean has(long capabilities, int capability) {
    return (capabilities >>> capability & 1) != 0;
  }

  /** Of the calling thread; all of them where /proc does not tell, so that nothing is claimed. */
  private static long effectiveCapabilities() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
        if (line.startsWith("CapEff:")) {
          return Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16);
        }
      }
    } catch (IOException e) {
      return -1L;
    }
    return -1L;
  }

  private static @Nullable String firstLine(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
