package io.github.bpf4j.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Mounts tracefs where the kernel has it and nobody has mounted it, as systemd does at boot. It
 * stays mounted: other test runs on this machine may have come to use it.
 */
public final class Tracefs implements BeforeAllCallback {
  private static final Path FOLDER = Path.of("/sys/kernel/tracing");

  @Override
  public void beforeAll(ExtensionContext context) {
    if (Files.isDirectory(FOLDER) && !Files.isDirectory(FOLDER.resolve("events"))) {
      Commands.run("mount", "-t", "tracefs", "tracefs", FOLDER.toString());
    }
  }
}
