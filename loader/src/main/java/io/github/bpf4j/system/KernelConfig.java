package io.github.bpf4j.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * How the running kernel was built: {@code /proc/config.gz}, or where a distribution keeps it.
 *
 * <p>Immutable. Takes no capability.
 */
public final class KernelConfig {
  private final Map<String, String> options;

  private KernelConfig(Map<String, String> options) {
    this.options = options;
  }

  /** Reads it; empty where no file tells. */
  public static Optional<KernelConfig> read() {
    return read(Path.of("/"), System.getProperty("os.version"));
  }

  static Optional<KernelConfig> read(Path root, String release) {
    List<String> places =
        List.of(
            "proc/config.gz",
            "boot/config-" + release,
            "lib/modules/" + release + "/config",
            "usr/lib/modules/" + release + "/config",
            "lib/modules/" + release + "/build/.config");
    return places.stream()
        .flatMap(place -> text(root.resolve(place)).stream())
        .findFirst()
        .map(KernelConfig::parse);
  }

  /** Empty when it is not there, or not for this user. */
  private static Optional<String> text(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
      return Optional.of(new String(text.readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Lines such as {@code CONFIG_BPF=y}; what is not set is a comment. */
  static KernelConfig parse(String lines) {
    return new KernelConfig(
        lines
            .lines()
            .filter(line -> line.startsWith("CONFIG_") && line.contains("="))
            .map(line -> line.split("=", 2))
            .collect(
                Collectors.toUnmodifiableMap(
                    parts -> parts[0], parts -> parts[1].strip(), (first, last) -> last)));
  }

  /**
   * The value of an option, such as {@code "y"}, {@code "m"}, {@code "250"} or {@code "\"text\""};
   * empty when it is not set.
   *
   * @param option such as {@code "CONFIG_BPF_JIT"}
   */
  public Optional<String> value(String option) {
    return Optional.ofNullable(options.get(option));
  }

  /** Whether an option is built in, or a module of it is. */
  public boolean isEnabled(String option) {
    return value(option).filter(value -> value.equals("y") || value.equals("m")).isPresent();
  }
}
