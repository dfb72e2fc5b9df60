package io.github.bpf4j.samples.attach;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.BpfLink;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.BpfProgram;
import io.github.bpf4j.OpenBpfObject;
import io.github.bpf4j.OpenBpfProgram;
import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Launcher;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.uapi.ProgramInfo;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** Loads, attaches, and leaves it; or fails, and leaves nothing. */
final class Loading {
  private final Wanted wanted;
  private final PinnedMaps pins;
  private final BpfProgram program;

  private Loading(Wanted wanted, PinnedMaps pins, BpfProgram program) {
    this.wanted = wanted;
    this.pins = pins;
    this.program = program;
  }

  /**
   * What the command line asks for.
   *
   * @param program its name; null for the only one
   * @param section its section; null for any
   * @param pins the folder for maps that are pinned by name; null for libbpf's
   * @param force whether to take another program's place
   */
  record Wanted(
      NetworkDevice device,
      Path object,
      XdpMode mode,
      @Nullable String program,
      @Nullable String section,
      @Nullable Path pins,
      boolean force) {}

  static int run(Wanted wanted, ParseResult parsed) {
    try (OpenBpfObject open = BpfObject.open(wanted.object)) {
      OpenBpfProgram chosen = ProgramChoice.of(open, wanted.program, wanted.section, "-n NAME");
      open.programs().forEach(other -> other.autoload(other == chosen));
      if (wanted.mode == XdpMode.HW) {
        open.offloadTo(wanted.device);
      }
      PinnedMaps pins = PinnedMaps.of(open, wanted.pins);
      try (BpfObject object = open.load()) {
        new Loading(wanted, pins, object.program(chosen.name())).attach(parsed);
      } catch (RuntimeException | Error e) {
        pins.undo();
        throw e;
      }
    } catch (BpfException e) {
      throw Refusal.of(
          e,
          new Refusal.Attempt(
              wanted.device, wanted.mode, false, LoadCommand::modeOption, "run this one"));
    }
    return ExitCode.DONE;
  }

  private void attach(ParseResult parsed) {
    XdpAttachPoint point = XdpAttachPoint.on(wanted.device).mode(wanted.mode);
    try (BpfLink link = program.attach(wanted.force ? point.replacingAny() : point)) {
      // Before it is left: a report that nobody reads is a failure, after which nothing stays.
      report(parsed);
      link.leaveAttached();
    }
    pins.keep();
  }

  private void report(ParseResult parsed) {
    if (Output.isJson(parsed)) {
      Output.json(parsed, this::json);
    } else {
      System.err.println(sentence());
      pins.paths().forEach(path -> System.err.println("bpf4j: pinned " + path));
    }
    if (wanted.pins != null && pins.paths().isEmpty()) {
      System.err.println(
          "bpf4j: nothing is pinned at "
              + wanted.pins
              + ": no map of the object has __uint(pinning, LIBBPF_PIN_BY_NAME)");
    }
  }

  private String sentence() {
    ProgramInfo info = program.info();
    return "bpf4j: attached program %d %s (tag %s, %s mode) to %s; %s unload %s removes it"
        .formatted(
            info.id(),
            program.name(),
            info.tag(),
            wanted.mode,
            wanted.device,
            Launcher.command(),
            wanted.device);
  }

  private void json(JsonGenerator json) throws IOException {
    ProgramInfo info = program.info();
    json.writeStartObject();
    AttachedJson.device(json, wanted.device);
    json.writeStringField("mode", wanted.mode.toString());
    json.writeNumberField("id", info.id());
    json.writeStringField("name", program.name());
    json.writeStringField("tag", info.tag());
    json.writeArrayFieldStart("pinned");
    for (Path path : pins.paths()) {
      json.writeString(path.toString());
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
