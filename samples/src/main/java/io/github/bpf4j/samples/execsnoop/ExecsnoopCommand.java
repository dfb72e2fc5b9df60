package io.github.bpf4j.samples.execsnoop;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.BpfLink;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.attach.TracepointAttachPoint;
import io.github.bpf4j.event.RingBuffer;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.PackagedObjects;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.samples.cli.Termination;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j execsnoop}: prints each program that begins. */
public final class ExecsnoopCommand {
  private static final TracepointAttachPoint EXEC =
      TracepointAttachPoint.of("sched", "sched_process_exec");

  private ExecsnoopCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "execsnoop",
            "Prints each program that any process of this machine begins. SIGINT and SIGTERM end"
                + " it.",
            ExecsnoopCommand::run);
    spec.addOption(
        Specs.value(int.class, "PROGRAMS", "End after so many programs.", "-c", "--count"));
    spec.addOption(
        Specs.value(
            String.class, "TEXT", "Only programs whose COMM has it in it.", "-n", "--name"));
    Output.addOptions(spec);
    return spec;
  }

  private static int run(ParseResult parsed) {
    int count = parsed.matchedOptionValue("-c", 0);
    if (parsed.hasMatchedOption("-c") && count <= 0) {
      throw Specs.wrong(parsed, "the count must be 1 or more");
    }
    Termination termination = Termination.install();
    try (BpfObject object = PackagedObjects.open("execsnoop").load();
        RingBuffer execs = object.map("execs").ringBuffer()) {
      termination.onRequest(execs::close);
      Printer printer = new Printer(parsed, count, execs);
      try (BpfLink _ = object.program("on_exec").attach(EXEC)) {
        printer.begin();
        for (Exec exec : execs.typed(object.types().record("exec", Exec.class))) {
          printer.print(exec);
        }
      }
      long lost = execs.lost().orElse(0);
      if (lost > 0) {
        System.err.println("bpf4j: " + lost + " more found no room in the ring buffer");
      }
    }
    return ExitCode.DONE;
  }

  /** Prints what is asked for, and closes the ring when that is done. */
  private static final class Printer {
    private final ParseResult parsed;
    private final int count;
    private final RingBuffer execs;
    private final String name;
    private int printed;

    Printer(ParseResult parsed, int count, RingBuffer execs) {
      this.parsed = parsed;
      this.count = count;
      this.execs = execs;
      this.name = parsed.matchedOptionValue("-n", "");
    }

    void begin() {
      if (!Output.isJson(parsed)) {
        row("PID", "PPID", "UID", "COMM", "ARGS");
      }
    }

    void print(Exec exec) {
      if (!exec.comm().contains(name)) {
        return;
      }
      if (Output.isJson(parsed)) {
        Output.json(parsed, json -> write(json, exec));
      } else {
        String arguments = String.join(" ", exec.arguments()) + (exec.isCut() ? " …" : "");
        row(exec.pid(), exec.parent(), exec.uid(), exec.comm(), arguments);
      }
      printed++;
      if (printed == count) {
        execs.close();
      }
    }

    private void row(Object pid, Object parent, Object uid, String comm, String arguments) {
      String row = "%-7s %-7s %-6s %-15s %s".formatted(pid, parent, uid, comm, arguments);
      PrintWriter out = parsed.commandSpec().commandLine().getOut();
      // What a program is called must not move the cursor about.
      out.print(row.replaceAll("\\p{Cntrl}", "?") + "\n");
      out.flush();
    }
  }

  private static void write(JsonGenerator json, Exec exec) throws IOException {
    json.writeStartObject();
    json.writeNumberField("pid", exec.pid());
    json.writeNumberField("ppid", exec.parent());
    json.writeNumberField("uid", exec.uid());
    json.writeStringField("comm", exec.comm());
    json.writeStringField("filename", exec.file());
    json.writeArrayFieldStart("args");
    for (String argument : exec.arguments()) {
      json.writeString(argument);
    }
    json.writeEndArray();
    json.writeBooleanField("truncated", exec.isCut());
    json.writeEndObject();
  }
}
