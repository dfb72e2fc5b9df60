package io.github.bpf4j.samples.xdp1;

import io.github.bpf4j.Xdp;
import io.github.bpf4j.attach.AttachedProgram.LoadedBy;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.system.BpfSystem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
            "Also a program that bpf4j did not load, or whose process still runs.",
            "-F",
            "--force"));
    spec.addPositional(Specs.required("IFACE", "The interface."));
    return spec;
  }

  private static int run(ParseResult parsed) {
    NetworkDevice device = NetworkDevice.of(parsed.matchedPositionalValue(0, ""));
    List<XdpAttachment> found = Xdp.query(device);
    if (found.isEmpty()) {
      System.err.println("bpf4j: nothing is attached to " + device);
      return ExitCode.DONE;
    }
    for (XdpAttachment attachment : found) {
      if (!parsed.hasMatchedOption("-F")) {
        requireLeftBehind(attachment);
      }
      System.err.println(
          detach(attachment)
              ? "bpf4j: detached " + attachment.describe() + " from " + device
              : "bpf4j: " + attachment.describe() + " was gone from " + device + " already");
    }
    return ExitCode.DONE;
  }

  private static boolean detach(XdpAttachment attachment) {
    OptionalInt link = attachment.program().linkId();
    return link.isPresent() ? BpfSystem.detachLink(link.getAsInt()) : Xdp.detach(attachment);
  }

  private static void requireLeftBehind(XdpAttachment attachment) {
    Optional<LoadedBy> owner = attachment.program().loadedBy();
    if (attachment.program().info().isEmpty()) {
      throw refused(attachment, "who loaded it cannot be told without CAP_SYS_ADMIN: run as root");
    }
    if (attachment.program().linkId().isPresent()) {
      int link = attachment.program().linkId().getAsInt();
      throw refused(attachment, "bpf_link " + link + " holds it: " + Refusal.endOfLink(link));
    }
    if (owner.isEmpty()) {
      throw refused(attachment, "bpf4j did not load it");
    }
    if (owner.get().running()) {
      throw refused(
          attachment, "its bpf4j process still runs: end it by kill " + owner.get().pid());
    }
    if (!attachment.program().holders().isEmpty()) {
      throw refused(
          attachment, "a process still holds it: end " + attachment.program().holders().getFirst());
    }
  }

  private static CommandFailedException refused(XdpAttachment attachment, String reason) {
    return new CommandFailedException(
        "cannot detach "
            + attachment.describe()
            + " from "
            + attachment.device()
            + ": "
            + reason
            + "; -F detaches it all the same");
  }
}
