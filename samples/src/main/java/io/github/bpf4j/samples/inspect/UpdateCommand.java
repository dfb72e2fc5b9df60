package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.BpfMap;
import io.github.bpf4j.OwnedBpfMap;
import io.github.bpf4j.map.Update;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Specs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j map update}: writes one entry of a map. */
final class UpdateCommand {
  private static final int CPU_ALIGNMENT = 8;

  private UpdateCommand() {}

  static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "update",
            "Writes one entry of a map; in a per-CPU map the same value for each CPU.",
            UpdateCommand::run);
    spec.addPositional(
        Specs.words(
            "MAP key DATA value DATA [any|exist|noexist]",
            MapCommand.MAP
                + " "
                + MapCommand.DATA
                + " exist: only an entry that is there; noexist: only a new one."));
    return spec;
  }

  private static int run(ParseResult parsed) {
    KeyValueWords words = KeyValueWords.of(parsed, true);
    try (OwnedBpfMap map = MapCommand.open("update", words.map());
        Arena arena = Arena.ofConfined()) {
      byte[] key = Data.parse("key", words.key(), map.keySize());
      byte[] value = Data.parse("value", words.value(), map.valueSize());
      MemorySegment all = arena.allocate(map.valueBytes(), Long.BYTES);
      for (long at = 0; at < map.valueBytes(); at += step(map)) {
        MemorySegment.copy(MemorySegment.ofArray(value), 0, all, at, value.length);
      }
      if (!map.update(LookupCommand.segment(key, arena), all, words.mode())) {
        throw new CommandFailedException(
            "map "
                + words.map()
                + (words.mode() == Update.EXIST ? " has no such key" : " has that key already"));
      }
    }
    return ExitCode.DONE;
  }

  private static long step(BpfMap map) {
    return map.isPerCpu()
        ? Math.ceilDiv(map.valueSize(), CPU_ALIGNMENT) * (long) CPU_ALIGNMENT
        : map.valueBytes();
  }
}
