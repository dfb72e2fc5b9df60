package io.github.bpf4j.bindings;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a test needs from the machine. */
final class Requirement {
  /** Skips the test for want of something, or fails it where nothing may be skipped. */
  static void require(boolean met, String reason) {
    if (!met && "1".equals(System.getenv("BPF4J_REQUIRE_KERNEL"))) {
      fail(reason);
    }
    assumeTrue(met, reason);
  }

  private Requirement() {}
}
