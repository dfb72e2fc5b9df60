package io.github.bpf4j.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets kernel tests run where they can: as root (all the capabilities below) on Linux. */
final class KernelCondition implements ExecutionCondition {
  private static final int CAP_NET_ADMIN = 12;
  private static final int CAP_SYS_ADMIN = 21;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> missing = missing();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("privileges are there");
    }
    String reason = "kernel test needs root: missing " + String.join(", ", missing);
    if ("1".equals(System.getenv("BPF4J_REQUIRE_KERNEL"))) {
      throw new AssertionError(reason + ", and BPF4J_REQUIRE_KERNEL=1 forbids to skip it");
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  private static List<String> missing() {
    long effective = effective();
    List<String> missing = new ArrayList<>();
    if ((effective >>> CAP_SYS_ADMIN & 1) == 0) {
      missing.add("CAP_SYS_ADMIN");
    }
    if ((effective >>> CAP_NET_ADMIN & 1) == 0) {
      missing.add("CAP_NET_ADMIN");
    }
    return missing;
  }

  private static long effective() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("CapEff:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
