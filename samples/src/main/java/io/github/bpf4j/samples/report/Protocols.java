package io.github.bpf4j.samples.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names of IP protocols, as IANA assigns them.
 *
 * @see <a href="https://www.iana.org/assignments/protocol-numbers">Protocol Numbers</a>
 */
public final class Protocols {
  private static final Map<Integer, String> NAMES = read();

  private Protocols() {}

  /** The keyword, such as {@code "UDP"}; {@code "Unassigned"} where there is none. */
  public static String name(int protocol) {
    return NAMES.getOrDefault(protocol, "Unassigned");
  }

  /** For people: xdp1 counts all that is not IP under 0, which nothing else uses in practice. */
  public static String label(int protocol) {
    return protocol == 0 ? "not IP" : name(protocol);
  }

  private static Map<Integer, String> read() {
    try (InputStream table = Protocols.class.getResourceAsStream("protocols.txt")) {
      if (table == null) {
        throw new IllegalStateException("protocols.txt is missing from this build");
      }
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toUnmodifiableMap(row -> Integer.valueOf(row[0]), row -> row[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
