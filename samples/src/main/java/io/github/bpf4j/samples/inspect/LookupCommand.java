package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.OwnedBpfMap;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j map lookup}: one entry of a map. */
final class LookupCommand {
  private LookupCommand() {}

  static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "lookup",
            "Prints one entry of a map, by its C types where the map has BTF. Fails when there is"
                + " none of that key.",
            LookupCommand::run);
    spec.addPositional(Specs.words("MAP key DATA", MapCommand.MAP + " " + MapCommand.DATA));
    Output.addOptions(spec);
    return spec;
  }

  private static int run(ParseResult parsed) {
    KeyValueWords words = KeyValueWords.of(parsed, false);
    try (OwnedBpfMap map = MapCommand.open("look up a key in", words.map());
        Arena arena = Arena.ofConfined()) {
      byte[] key = Data.parse("key", words.key(), map.keySize());
      MemorySegment value = arena.allocate(map.valueBytes(), Long.BYTES);
      if (!map.lookup(segment(key, arena), value)) {
        if (Output.isJson(parsed)) {
          Output.json(parsed, json -> json.writeNull());
        }
        throw new CommandFailedException("map " + words.map() + " has no such key");
      }
      print(parsed, new Entries(map), key, value.toArray(ValueLayout.JAVA_BYTE));
    }
    return ExitCode.DONE;
  }

  private static void print(ParseResult parsed, Entries entries, byte[] key, byte[] value) {
    if (Output.isJson(parsed)) {
      Output.json(parsed, json -> entries.json(json, key, value));
    } else if (entries.hasTypes()) {
      Output.json(parsed, json -> entries.formatted(json, key, value));
    } else {
      Output.text(parsed, text -> entries.text(text, key, value));
    }
  }

  /** NULL for the key of a map that has none. */
  static MemorySegment segment(byte[] bytes, Arena arena) {
    return bytes.length == 0
        ? MemorySegment.NULL
        : arena.allocate(bytes.length, Long.BYTES).copyFrom(MemorySegment.ofArray(bytes));
  }
}
