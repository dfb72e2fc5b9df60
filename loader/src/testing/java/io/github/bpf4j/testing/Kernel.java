package io.github.bpf4j.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** This machine's kernel: version and configuration. */
final class Kernel {
  private static final String RELEASE = System.getProperty("os.version");
  private static final Map<String, String> CONFIG = config();
  private static final Map<String, Boolean> FORBIDDEN = new ConcurrentHashMap<>();

  private Kernel() {}

  /** Such as {@code "6.1.0-44-amd64"}. */
  static String release() {
    return RELEASE;
  }

  static boolean isBefore(int major, int minor) {
    String[] parts = RELEASE.split("[.-]", -1);
    int own = Integer.parseInt(parts[0]) * 1000 + Integer.parseInt(parts[1]);
    return own < major * 1000 + minor;
  }

  /** Whether it was built with an option, or with a module of it; true where nothing tells. */
  static boolean isConfigured(String option) {
    return CONFIG.isEmpty() || CONFIG.containsKey(option);
  }

  /** Whether bpftool may not load an object, although the kernel could. */
  static boolean forbids(String object) {
    return FORBIDDEN.computeIfAbsent(object, Kernel::isDenied);
  }

  private static boolean isDenied(String object) {
    Path pin = Path.of("/sys/fs/bpf", "bpf4j-probe-" + ProcessHandle.current().pid());
    try {
      Process bpftool =
          new ProcessBuilder(
                  "bpftool", "prog", "load", TestObjects.file(object).toString(), pin.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(bpftool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      bpftool.waitFor();
      return said.contains("Operation not permitted");
    } catch (IOException e) {
      return false; // no bpftool: the tests will tell
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      remove(pin);
    }
  }

  private static void remove(Path pin) {
    try {
      Files.deleteIfExists(pin);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  // Options that are set, by name: "CONFIG_BPF=y".
  private static Map<String, String> config() {
    for (Path file : new Path[] {Path.of("/proc/config.gz"), Path.of("/boot/config-" + RELEASE)}) {
      if (Files.isReadable(file)) {
        return read(file);
      }
    }
    return Map.of();
  }

  private static Map<String, String> read(Path file) {
    try (InputStream bytes = Files.newInputStream(file);
        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(text, StandardCharsets.US_ASCII))) {
      return lines
          .lines()
          .filter(line -> line.startsWith("CONFIG_"))
          .map(line -> line.split("=", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
