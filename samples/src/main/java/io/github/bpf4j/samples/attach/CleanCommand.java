package io.github.bpf4j.samples.attach;

import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j clean}: removes all that killed processes of bpf4j left on this machine. */
public final class CleanCommand {
  private CleanCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "clean",
            "Removes what processes of bpf4j left when they were killed: programs on interfaces, in"
                + " all network namespaces that it finds, and on cgroups, and pins of links that hold nothing any"
                + " more. Others' programs, and what was left on purpose, stay.",
            CleanCommand::run);
    spec.addOption(Specs.flag("Only print what would be removed.", "-n", "--dry-run"));
    spec.addOption(
        Specs.flag(
            "Also pinned links that still hold the program of a killed process, and empty folders"
                + " that were made for pins.",
            "--pinned"));
    Output.addOptions(spec);
    return spec;
  }

  private static int run(ParseResult parsed) {
    Cleaning cleaning = new Cleaning(parsed.hasMatchedOption("-n"));
    cleaning.run(parsed.hasMatchedOption("--pinned"));
    return cleaning.report(parsed);
  }
}
