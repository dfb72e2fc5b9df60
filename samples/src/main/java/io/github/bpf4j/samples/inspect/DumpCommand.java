package io.github.bpf4j.samples.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.BpfMap;
import io.github.bpf4j.OwnedBpfMap;
import io.github.bpf4j.map.EntryCursor;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j map dump}: all entries of a map. */
final class DumpCommand {
  private DumpCommand() {}

  static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "dump",
            "Prints all entries of a map, by their C types where the map has BTF.",
            DumpCommand::run);
    spec.addPositional(Specs.words("MAP", MapCommand.MAP));
    Output.addOptions(spec);
    return spec;
  }

  private static int run(ParseResult parsed) {
    Selector selector = Selector.required(parsed, MapCommand.KEYS);
    try (OwnedBpfMap map = MapCommand.open("dump", selector)) {
      Entries entries = new Entries(map);
      EntryCursor cursor = EntryCursor.reading(map);
      if (entries.hasTypes() || Output.isJson(parsed)) {
        Output.json(parsed, json -> json(json, map, cursor, entries, Output.isJson(parsed)));
      } else {
        Output.text(parsed, text -> text(text, map, cursor, entries));
      }
      if (!cursor.isComplete()) {
        throw new CommandFailedException(
            "map " + selector + " changed too fast: what is printed is not all of it");
      }
    }
    return ExitCode.DONE;
  }

  private static void json(
      JsonGenerator json, BpfMap map, EntryCursor cursor, Entries entries, boolean bytes)
      throws IOException {
    json.writeStartArray();
    while (cursor.next()) {
      if (bytes) {
        entries.json(json, key(cursor, map), value(cursor, map));
      } else {
        entries.formatted(json, key(cursor, map), value(cursor, map));
      }
    }
    json.writeEndArray();
  }

  private static void text(StringBuilder text, BpfMap map, EntryCursor cursor, Entries entries) {
    int found = 0;
    while (cursor.next()) {
      entries.text(text, key(cursor, map), value(cursor, map));
      found++;
    }
    text.append("Found ").append(found).append(found == 1 ? " element\n" : " elements\n");
  }

  private static byte[] key(EntryCursor cursor, BpfMap map) {
    return bytes(cursor.keys(), cursor.keyOffset(), map.keySize());
  }

  private static byte[] value(EntryCursor cursor, BpfMap map) {
    return bytes(cursor.values(), cursor.valueOffset(), map.valueBytes());
  }

  private static byte[] bytes(MemorySegment segment, long offset, long size) {
    return segment.asSlice(offset, size).toArray(ValueLayout.JAVA_BYTE);
  }
}
