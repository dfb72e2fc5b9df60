package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.samples.cli.Specs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/**
 * Which objects a command line means, in bpftool's words: {@code id 5}, {@code name rxcnt}, {@code
 * tag 3b185187f1855c4c}, {@code pinned /sys/fs/bpf/rxcnt}.
 *
 * @param key one of those words
 * @param value what stands behind it
 */
record Selector(String key, String value) {
  /**
   * Reads the words of a command line; empty when there are none, which means all.
   *
   * @param keys the words that the command knows
   */
  static Optional<Selector> of(ParseResult parsed, List<String> words, Set<String> keys) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String key = words.getFirst();
    if (!keys.contains(key)) {
      throw Specs.wrong(parsed, "'" + key + "' is none of: " + String.join(", ", keys));
    }
    if (words.size() != 2) {
      throw Specs.wrong(
          parsed,
          words.size() == 1
              ? "'" + key + "' wants a word behind it"
              : "'" + words.get(2) + "' is one word too many");
    }
    Selector selector = new Selector(key, words.get(1));
    if (key.equals("id") && selector.id() <= 0) {
      throw Specs.wrong(parsed, "'" + words.get(1) + "' is no id: ids are numbers from 1 on");
    }
    return Optional.of(selector);
  }

  /** The id; 0 when the word is none. */
  int id() {
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public String toString() {
    return key + " " + value;
  }
}
