package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.system.ObjectKind;
import io.github.bpf4j.system.PinnedPaths;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
   * Reads all words of a command line; empty when there are none, which means all.
   *
   * @param keys the words that the command knows
   */
  static Optional<Selector> of(ParseResult parsed, List<String> keys) {
    List<String> words = words(parsed);
    if (words.size() > 2) {
      throw Specs.wrong(parsed, "'" + words.get(2) + "' is one word too many");
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(of(parsed, words, keys));
  }

  /** The same for a command that must have it. */
  static Selector required(ParseResult parsed, List<String> keys) {
    return of(parsed, keys).orElseThrow(() -> missing(parsed, keys));
  }

  /** Reads the first two of some words. */
  static Selector of(ParseResult parsed, List<String> words, List<String> keys) {
    if (words.isEmpty()) {
      throw missing(parsed, keys);
    }
    String key = words.getFirst();
    if (!keys.contains(key)) {
      throw Specs.wrong(parsed, "'" + key + "' is none of: " + String.join(", ", keys));
    }
    if (words.size() == 1) {
      throw Specs.wrong(parsed, "'" + key + "' wants a word behind it");
    }
    Selector selector = new Selector(key, words.get(1));
    if (key.equals("id") && selector.id() <= 0) {
      throw Specs.wrong(parsed, "'" + words.get(1) + "' is no id: ids are numbers from 1 on");
    }
    return selector;
  }

  private static RuntimeException missing(ParseResult parsed, List<String> keys) {
    return Specs.wrong(parsed, "say which one by one of: " + String.join(", ", keys));
  }

  /** The positional words of a command line. */
  static List<String> words(ParseResult parsed) {
    return List.of(parsed.matchedPositionalValue(0, new String[0]));
  }

  private int id() {
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The id that {@code id} or {@code pinned} means; none where nothing is pinned. */
  List<Integer> ids(ObjectKind kind) {
    return key.equals("id")
        ? List.of(id())
        : PinnedPaths.idAt(Path.of(value), kind).stream().toList();
  }

  /**
   * The one that was found.
   *
   * @param operation a verb, for the error
   * @param what the kind, such as {@code "map"}
   */
  <T> T one(String operation, String what, List<T> found) {
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new CommandFailedException(
        "cannot "
            + operation
            + " "
            + what
            + " "
            + this
            + ": there "
            + (found.isEmpty() ? "is none" : "are " + found.size() + "; say which one by its id"));
  }

  @Override
  public String toString() {
    return key + " " + value;
  }
}
