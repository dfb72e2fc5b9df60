package io.github.bpf4j.samples.attach;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.Devices;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.DeviceState;
import io.github.bpf4j.attach.HookState;
import io.github.bpf4j.attach.TcAttachment;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.uapi.BpfAttachType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j status}: which programs are on which interface, and whose they are. */
public final class StatusCommand {
  private StatusCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "status",
            "Prints the programs on interfaces, whoever attached them: of XDP, and of TC, TCX and"
                + " netkit.",
            StatusCommand::run);
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("IFACE")
            .arity("0..1")
            .type(String.class)
            .description("The interface (default: all of this network namespace).")
            .build());
    Output.addOptions(spec);
    return spec;
  }

  private static int run(ParseResult parsed) {
    List<DeviceState> states =
        parsed.hasMatchedPositional(0)
            ? List.of(Devices.query(NetworkDevice.of(parsed.matchedPositionalValue(0, ""))))
            : Devices.queryAll();
    Output.print(parsed, json -> json(json, states), text -> StatusTable.write(text, states));
    return ExitCode.DONE;
  }

  private static void json(JsonGenerator json, List<DeviceState> states) throws IOException {
    json.writeStartArray();
    for (DeviceState state : states) {
      json.writeStartObject();
      AttachedJson.device(json, state.device());
      json.writeArrayFieldStart("xdp");
      for (XdpAttachment attachment : state.xdp()) {
        json.writeStartObject();
        AttachedJson.xdp(json, attachment);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("tc");
      for (Map.Entry<BpfAttachType, HookState> hook : state.shared().entrySet()) {
        for (AttachedProgram program : hook.getValue().programs()) {
          json.writeStartObject();
          AttachedJson.shared(json, hook.getKey(), program);
          json.writeEndObject();
        }
      }
      for (TcAttachment attachment : state.tc()) {
        json.writeStartObject();
        AttachedJson.tc(json, attachment);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
