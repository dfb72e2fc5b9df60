package io.github.bpf4j.samples.host;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.system.BpfFeature;
import io.github.bpf4j.system.BpfHost;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.system.FeatureProbes;
import io.github.bpf4j.system.Support;
import io.github.bpf4j.uapi.BpfHelper;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j features}: what the running kernel can do, by asking it. */
public final class FeaturesCommand {
  private static final String HELPERS = "--helpers";
  private static final Set<BpfProgramType> PROGRAM_TYPES =
      EnumSet.complementOf(EnumSet.of(BpfProgramType.UNSPEC, BpfProgramType.UNKNOWN));
  private static final Set<BpfMapType> MAP_TYPES =
      EnumSet.complementOf(EnumSet.of(BpfMapType.UNSPEC, BpfMapType.UNKNOWN));

  private FeaturesCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "features",
            "Asks the running kernel which types of programs and maps, and which features it has,"
                + " by trying each; nothing stays loaded. JSON has bpftool's names.",
            FeaturesCommand::run);
    spec.addOption(Specs.flag("Also which helpers each type of program may call.", HELPERS));
    Output.addOptions(spec);
    return spec;
  }

  private static int run(ParseResult parsed) {
    boolean helpers = parsed.hasMatchedOption(HELPERS);
    Output.print(parsed, json -> json(json, helpers), text -> text(text, helpers));
    return ExitCode.DONE;
  }

  private static void json(JsonGenerator json, boolean helpers) throws IOException {
    json.writeStartObject();
    json.writeStringField("kernel", BpfHost.inspect().kernel());
    json.writeStringField("libbpf", BpfSystem.libbpfVersion());
    json.writeObjectFieldStart("program_types");
    for (BpfProgramType type : PROGRAM_TYPES) {
      write(json, "have_" + word(type) + "_prog_type", FeatureProbes.programType(type));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("map_types");
    for (BpfMapType type : MAP_TYPES) {
      write(json, "have_" + word(type) + "_map_type", FeatureProbes.mapType(type));
    }
    json.writeEndObject();
    if (helpers) {
      json.writeObjectFieldStart("helpers");
      for (BpfProgramType type : PROGRAM_TYPES) {
        json.writeArrayFieldStart(word(type) + "_available_helpers");
        for (BpfHelper helper : FeatureProbes.helpers(type)) {
          json.writeString(word(helper));
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeObjectFieldStart("features");
    for (BpfFeature feature : BpfFeature.values()) {
      write(json, word(feature), FeatureProbes.feature(feature));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** True, false, or null for what the kernel does not tell this user. */
  private static void write(JsonGenerator json, String name, Support support) throws IOException {
    switch (support.answer()) {
      case YES -> json.writeBooleanField(name, true);
      case NO -> json.writeBooleanField(name, false);
      case UNKNOWN -> json.writeNullField(name);
    }
  }

  private static void text(StringBuilder text, boolean helpers) {
    text.append("Linux ").append(BpfHost.inspect().kernel());
    text.append(", libbpf ").append(BpfSystem.libbpfVersion()).append('\n');
    text.append("\nprogram types\n");
    PROGRAM_TYPES.forEach(type -> line(text, word(type), FeatureProbes.programType(type), ""));
    text.append("\nmap types\n");
    MAP_TYPES.forEach(type -> line(text, word(type), FeatureProbes.mapType(type), ""));
    text.append("\nfeatures\n");
    for (BpfFeature feature : BpfFeature.values()) {
      line(
          text,
          word(feature),
          FeatureProbes.feature(feature),
          "Linux " + feature.kernel() + ": " + feature.description());
    }
    if (helpers) {
      PROGRAM_TYPES.forEach(type -> helpers(text, type));
    }
  }

  private static void helpers(StringBuilder text, BpfProgramType type) {
    text.append("\nhelpers of ").append(word(type)).append('\n');
    FeatureProbes.helpers(type)
        .forEach(helper -> text.append("  ").append(word(helper)).append('\n'));
  }

  private static void line(StringBuilder text, String name, Support support, String remark) {
    text.append(
        "  %-24s %-5s %s"
            .formatted(name, support.isThere() ? "yes" : support, remark)
            .stripTrailing());
    text.append('\n');
  }

  private static String word(BpfHelper helper) {
    return "bpf_" + helper.name().toLowerCase(Locale.ROOT);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
