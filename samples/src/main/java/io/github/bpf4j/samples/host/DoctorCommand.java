package io.github.bpf4j.samples.host;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.OpenOptions;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.samples.host.Finding.State;
import io.github.bpf4j.system.BpfHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j doctor}: what this host lacks for BPF, and whether objects load on it. */
public final class DoctorCommand {
  private static final String BTF = "--btf";

  /** The width of a column. */
  private static final int SUBJECT = 14;

  private DoctorCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "doctor",
            "Says what this host, and this user on it, can do with BPF, what is missing and what"
                + " gives it. Objects that are named are loaded for a try: CO-RE relocations and"
                + " the verifier's verdict on each program; nothing is attached, pinned or kept."
                + " Exits with 1 when something is missing.",
            DoctorCommand::run);
    spec.addOption(
        Specs.value(
            Path.class, "FILE", "The kernel's types, where the kernel does not tell them.", BTF));
    spec.addPositional(Specs.words("OBJECT", "BPF objects to try."));
    Output.addOptions(spec);
    return spec;
  }

  private static int run(ParseResult parsed) {
    Path btf = parsed.matchedOptionValue(BTF, (Path) null);
    OpenOptions options =
        btf == null ? OpenOptions.defaults() : OpenOptions.defaults().kernelBtf(btf);
    List<Finding> findings = new ArrayList<>(HostFindings.of(BpfHost.inspect()));
    for (String object : parsed.matchedPositionalValue(0, new String[0])) {
      findings.addAll(new ObjectFindings(Path.of(object), options).all());
    }
    Output.print(parsed, json -> json(findings, json), text -> text(findings, text));
    return findings.stream().anyMatch(finding -> finding.state() == State.MISSING)
        ? ExitCode.FAILED
        : ExitCode.DONE;
  }

  private static void json(List<Finding> findings, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Finding finding : findings) {
      json.writeStartObject();
      json.writeStringField("subject", finding.subject());
      json.writeStringField("state", word(finding.state()));
      json.writeStringField("found", finding.words());
      if (!finding.wayOut().isEmpty()) {
        json.writeStringField("way_out", finding.wayOut());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void text(List<Finding> findings, StringBuilder text) {
    for (Finding finding : findings) {
      text.append(
          "%-8s %-14s %s\n".formatted(word(finding.state()), title(finding), finding.words()));
      if (!finding.wayOut().isEmpty()) {
        text.append("%-23s → %s\n".formatted("", finding.wayOut()));
      }
    }
  }

  /** One that is longer than its column ends in a colon. */
  private static String title(Finding finding) {
    return finding.subject().length() > SUBJECT ? finding.subject() + ":" : finding.subject();
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
