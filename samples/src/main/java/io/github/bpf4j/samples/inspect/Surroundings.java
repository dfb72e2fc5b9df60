package io.github.bpf4j.samples.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.system.Holder;
import io.github.bpf4j.system.Holders;
import io.github.bpf4j.system.ObjectKind;
import io.github.bpf4j.system.PinnedPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What keeps objects in the kernel: processes that have them open, and names in bpffs. */
final class Surroundings {
  private static final String BPFFS = "--bpffs";

  private final Holders holders = Holders.find();
  private final @Nullable PinnedPaths pins;

  private Surroundings(@Nullable PinnedPaths pins) {
    this.pins = pins;
  }

  /** Gives a command the options of a listing. */
  static void addOptions(CommandSpec spec) {
    Output.addOptions(spec);
    spec.addOption(Specs.flag("Print also where they are pinned.", "-f", BPFFS));
  }

  static Surroundings of(ParseResult parsed) {
    return new Surroundings(parsed.hasMatchedOption(BPFFS) ? PinnedPaths.find() : null);
  }

  void json(JsonGenerator json, ObjectKind kind, int id) throws IOException {
    List<Path> paths = paths(kind, id);
    if (!paths.isEmpty()) {
      json.writeArrayFieldStart("pinned");
      for (Path path : paths) {
        json.writeString(path.toString());
      }
      json.writeEndArray();
    }
    Output.pids(json, holders.of(kind, id));
  }

  void pinned(StringBuilder text, ObjectKind kind, int id) {
    paths(kind, id).forEach(path -> text.append("\n\tpinned ").append(path));
  }

  void pids(StringBuilder text, ObjectKind kind, int id) {
    List<Holder> processes = holders.of(kind, id);
    if (!processes.isEmpty()) {
      text.append("\n\tpids ")
          .append(
              processes.stream()
                  .map(process -> process.command() + "(" + process.pid() + ")")
                  .collect(Collectors.joining(", ")));
    }
  }

  private List<Path> paths(ObjectKind kind, int id) {
    return pins == null ? List.of() : pins.of(kind, id);
  }
}
