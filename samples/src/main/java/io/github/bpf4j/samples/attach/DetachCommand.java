package io.github.bpf4j.samples.attach;

import io.github.bpf4j.Xdp;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.Launcher;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j detach}: removes what an earlier run left on an interface. */
public final class DetachCommand {
  private DetachCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "detach",
            "Removes the XDP program that an earlier run of bpf4j left on an interface.",
            DetachCommand::run);
    spec.addOption(
        Specs.flag(
            "Also a program that bpf4j did not load, that was left on purpose, or whose process"
                + " still runs.",
            "-F",
            "--force"));
    spec.addPositional(Specs.required("IFACE", "The interface."));
    Output.addOptions(spec);
    return spec;
  }

  private static int run(ParseResult parsed) {
    NetworkDevice device = NetworkDevice.of(parsed.matchedPositionalValue(0, ""));
    List<XdpAttachment> found = Xdp.query(device);
    if (!parsed.hasMatchedOption("-F")) {
      for (XdpAttachment attachment : found) {
        Removal.require(
            "detach",
            attachment,
            Removal.notLeftBehind(attachment.program(), Launcher.command() + " unload " + device),
            "-F detaches it all the same");
      }
    }
    return Removed.of(found).report(parsed, device, "detached");
  }
}
