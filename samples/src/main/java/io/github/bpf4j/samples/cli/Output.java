package io.github.bpf4j.samples.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.system.Holder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What a command prints on stdout: text for people, or JSON with {@code --json}. */
public final class Output {
  private static final String JSON = "--json";
  private static final String PRETTY = "--pretty";

  private Output() {}

  /** Writes one JSON value. */
  @FunctionalInterface
  public interface Json {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes lines of text. */
  @FunctionalInterface
  public interface Text {
    void write(StringBuilder text);
  }

  /** Gives a command the options that bpftool has too. */
  public static void addOptions(CommandSpec spec) {
    addJsonOption(spec);
    spec.addOption(Specs.flag("Print JSON over many lines, for people.", "-p", PRETTY));
  }

  /** The same for a command whose {@code -p} means something else. */
  public static void addJsonOption(CommandSpec spec) {
    spec.addOption(Specs.flag("Print JSON.", "-j", JSON));
  }

  /** Whether the command line wants JSON. */
  public static boolean isJson(ParseResult parsed) {
    return parsed.hasMatchedOption(JSON) || parsed.hasMatchedOption(PRETTY);
  }

  /** Prints one or the other, as the command line says. */
  public static void print(ParseResult parsed, Json json, Text text) {
    if (isJson(parsed)) {
      json(parsed, json);
    } else {
      text(parsed, text);
    }
  }

  /** Writes a field with the processes that have something open, when there are any. */
  public static void pids(JsonGenerator json, List<Holder> processes) throws IOException {
    if (processes.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("pids");
    for (Holder process : processes) {
      json.writeStartObject();
      json.writeNumberField("pid", process.pid());
      json.writeStringField("comm", process.command());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Prints text. */
  public static void text(ParseResult parsed, Text text) {
    StringBuilder lines = new StringBuilder();
    text.write(lines);
    PrintWriter out = parsed.commandSpec().commandLine().getOut();
    out.append(lines);
    out.flush();
  }

  /** Prints JSON: on one line with {@code --json}, over many otherwise. */
  public static void json(ParseResult parsed, Json json) {
    JsonFactory factory = new JsonFactory();
    factory.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    PrintWriter out = parsed.commandSpec().commandLine().getOut();
    try (JsonGenerator generator = factory.createGenerator(out)) {
      if (parsed.hasMatchedOption(PRETTY) || !parsed.hasMatchedOption(JSON)) {
        generator.useDefaultPrettyPrinter();
      }
      json.write(generator);
      generator.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a PrintWriter throws none
    }
    out.flush();
  }
}
