package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.uapi.ProgramInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j prog}: the programs in the kernel, whoever loaded them. */
public final class ProgCommand {
  private static final Set<String> KEYS = new TreeSet<>(Set.of("id", "name", "tag"));

  private ProgCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec show =
        Specs.command("show", "Prints programs: all, or those that are named.", ProgCommand::show)
            .aliases("list");
    show.addPositional(
        Specs.words("PROG", "id ID, name NAME, or tag TAG; all programs without it."));
    Output.addOptions(show);
    return Specs.group("prog", "The BPF programs in the kernel, whoever loaded them.", show);
  }

  private static int show(ParseResult parsed) {
    Optional<Selector> selector =
        Selector.of(parsed, List.of(parsed.matchedPositionalValue(0, new String[0])), KEYS);
    List<ProgramInfo> found = selector.map(ProgCommand::find).orElseGet(BpfSystem::programs);
    return Listing.print(parsed, "program", selector, found, new ProgramView(new Surroundings()));
  }

  private static List<ProgramInfo> find(Selector selector) {
    return switch (selector.key()) {
      case "id" -> BpfSystem.program(selector.id()).stream().toList();
      case "tag" ->
          BpfSystem.programs().stream()
              .filter(program -> program.tag().equals(selector.value()))
              .toList();
      default ->
          BpfSystem.programs().stream()
              .filter(program -> BpfSystem.fullName(program).equals(selector.value()))
              .toList();
    };
  }
}
