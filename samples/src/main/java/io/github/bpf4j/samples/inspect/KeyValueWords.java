package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.map.Update;
import io.github.bpf4j.samples.cli.Specs;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/**
 * The words of {@code map lookup} and {@code map update} as bpftool has them: {@code id 7 key 1 0 0
 * 0 value 5 0 0 0 noexist}.
 *
 * @param map which map
 * @param key what stands behind {@code key}; empty for a map without keys
 * @param value what stands behind {@code value}
 * @param mode the last word of an update
 */
record KeyValueWords(Selector map, List<String> key, List<String> value, Update mode) {
  private static final Map<String, Update> MODES =
      Map.of("any", Update.ANY, "exist", Update.EXIST, "noexist", Update.NO_EXIST);

  static KeyValueWords of(ParseResult parsed, boolean withValue) {
    List<String> words = Selector.words(parsed);
    Selector map = Selector.of(parsed, words, MapCommand.KEYS);
    List<String> rest = words.subList(2, words.size());
    Update mode = Update.ANY;
    if (withValue && !rest.isEmpty() && MODES.containsKey(rest.getLast())) {
      mode = MODES.getOrDefault(rest.getLast(), mode);
      rest = rest.subList(0, rest.size() - 1);
    }
    int value = rest.indexOf("value");
    if (withValue && (value < 0 || value == rest.size() - 1)) {
      throw Specs.wrong(parsed, "the value is missing: value DATA");
    }
    if (!withValue && value >= 0) {
      throw Specs.wrong(parsed, "'value' is one word too many");
    }
    List<String> key = value < 0 ? rest : rest.subList(0, value);
    if (!key.isEmpty() && (key.size() == 1 || !key.getFirst().equals("key"))) {
      throw Specs.wrong(
          parsed,
          key.getFirst().equals("key")
              ? "'key' wants bytes behind it"
              : "'" + key.getFirst() + "' stands where 'key' should");
    }
    return new KeyValueWords(
        map,
        key.isEmpty() ? key : key.subList(1, key.size()),
        value < 0 ? List.of() : rest.subList(value + 1, rest.size()),
        mode);
  }
}
