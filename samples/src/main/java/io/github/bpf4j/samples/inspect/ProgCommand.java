package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.system.ObjectKind;
import io.github.bpf4j.uapi.ProgramInfo;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j prog}: the programs in the kernel, whoever loaded them. */
public final class ProgCommand {
  private static final List<String> KEYS = List.of("id", "pinned", "tag", "name");

  private ProgCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec show =
        Specs.command("show", "Prints programs: all, or those that are named.", ProgCommand::show)
            .aliases("list");
    show.addPositional(
        Specs.words("PROG", "id ID, pinned FILE, tag TAG, or name NAME; all programs without it."));
    Surroundings.addOptions(show);
    CommandSpec group =
        Specs.group(
            "prog",
            "The BPF programs in the kernel, whoever loaded them.",
            ProgCommand::show,
            show);
    Surroundings.addOptions(group);
    return group;
  }

  private static int show(ParseResult parsed) {
    Optional<Selector> selector = Selector.of(parsed, KEYS);
    List<ProgramInfo> found = selector.map(ProgCommand::find).orElseGet(BpfSystem::programs);
    return Listing.print(
        parsed, "program", selector, found, new ProgramView(Surroundings.of(parsed)));
  }

  private static List<ProgramInfo> find(Selector selector) {
    return switch (selector.key()) {
      case "tag" ->
          BpfSystem.programs().stream()
              .filter(program -> program.tag().equals(selector.value()))
              .toList();
      case "name" ->
          BpfSystem.programs().stream()
              .filter(program -> BpfSystem.fullName(program).equals(selector.value()))
              .toList();
      default ->
          selector.ids(ObjectKind.PROGRAM).stream()
              .flatMap(id -> BpfSystem.program(id).stream())
              .toList();
    };
  }
}
