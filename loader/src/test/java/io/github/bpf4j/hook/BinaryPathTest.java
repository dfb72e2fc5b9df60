package io.github.bpf4j.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of libraries and programs, on this machine. */
final class BinaryPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"libc.so.6", "sh"})
  void aNameIsFound(String name) {
    Path found = Path.of(BinaryPath.of(name));
    assertTrue(found.isAbsolute(), found::toString);
    assertTrue(found.endsWith(name), found::toString);
    assertTrue(Files.exists(found));
  }

  @Test
  void aPathIsLeftAlone() {
    assertEquals("./libc.so.6", BinaryPath.of("./libc.so.6"));
    assertEquals("/nowhere/sh", BinaryPath.of("/nowhere/sh"));
  }

  @Test
  void whatIsNowhereKeepsItsNameForLibbpfToSaySo() {
    assertEquals("nonsense.so.9", BinaryPath.of("nonsense.so.9"));
    assertEquals("nonsense", BinaryPath.of("nonsense"));
  }
}
