package io.github.bpf4j.samples.attach;

import io.github.bpf4j.Xdp;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j unload}: takes XDP programs off an interface, by the letters of xdp-loader. */
public final class UnloadCommand {
  private UnloadCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "unload",
            "Takes the XDP program off an interface that bpf4j load, or a run that was killed,"
                + " left there. Another's is named, and taken off only by one of -i and -a.",
            UnloadCommand::run);
    spec.addArgGroup(
        ArgGroupSpec.builder()
            .exclusive(true)
            .multiplicity("0..1")
            .addArg(
                Specs.value(
                    int.class,
                    "ID",
                    "The program of this id, whoever loaded it, also one that a bpf_link holds.",
                    "-i",
                    "--id"))
            .addArg(Specs.flag("All XDP programs there, whoever loaded them.", "-a", "--all"))
            .build());
    spec.addPositional(Specs.required("IFACE", "The interface."));
    Output.addOptions(spec);
    return spec;
  }

  private static int run(ParseResult parsed) {
    int id = parsed.matchedOptionValue("-i", 0);
    if (parsed.hasMatchedOption("-i") && id <= 0) {
      throw Specs.wrong(parsed, "'" + id + "' is no id: ids are numbers from 1 on");
    }
    NetworkDevice device = NetworkDevice.of(parsed.matchedPositionalValue(0, ""));
    List<XdpAttachment> found = Xdp.query(device);
    if (id != 0) {
      found = only(id, device, found);
    } else if (!parsed.hasMatchedOption("-a")) {
      found.forEach(UnloadCommand::requireOurs);
    }
    return Removed.of(found).report(parsed, device, "unloaded");
  }

  private static void requireOurs(XdpAttachment attachment) {
    Removal.require(
        "unload",
        attachment,
        Removal.notGivenUp(attachment.program()),
        "-i " + attachment.program().id() + " unloads it all the same");
  }

  private static List<XdpAttachment> only(int id, NetworkDevice device, List<XdpAttachment> found) {
    List<XdpAttachment> named =
        found.stream().filter(attachment -> attachment.program().id() == id).toList();
    if (named.isEmpty()) {
      throw new CommandFailedException(
          "cannot unload program "
              + id
              + " from "
              + device
              + ": "
              + (found.isEmpty()
                  ? "nothing is attached there"
                  : "there is "
                      + found.stream()
                          .map(XdpAttachment::describe)
                          .collect(Collectors.joining(" and "))));
    }
    return named;
  }
}
