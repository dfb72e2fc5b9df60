package io.github.bpf4j.samples.attach;

import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j load}: puts an XDP program on an interface, by the letters of xdp-loader. */
public final class LoadCommand {
  private LoadCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "load",
            "Attaches an XDP program to an interface, and leaves it there. It is the interface's"
                + " only one: there is no dispatcher that runs several, as xdp-loader has.",
            LoadCommand::run);
    spec.addOption(
        OptionSpec.builder("-m", "--mode")
            .type(XdpMode.class)
            .paramLabel("MODE")
            .defaultValue("native")
            .description(
                "native: in the driver; skb: in the network stack, on any interface; hw: in the"
                    + " device (default: native).")
            .build());
    spec.addOption(
        Specs.value(
            String.class,
            "NAME",
            "The program (default: the object's only one).",
            "-n",
            "--prog-name"));
    spec.addOption(
        Specs.value(String.class, "SECTION", "The program's ELF section.", "-s", "--section"));
    spec.addOption(
        Specs.value(
            Path.class,
            "PINDIR",
            "The folder in bpffs for the maps that the object pins by their names (default:"
                + " /sys/fs/bpf).",
            "-p",
            "--pin-path"));
    spec.addOption(
        Specs.flag("Take the place of a program that is attached, atomically.", "-F", "--force"));
    spec.addPositional(Specs.required("IFACE", "The interface.", 0));
    spec.addPositional(Specs.required("FILE", "The BPF object.", 1));
    Output.addJsonOption(spec);
    spec.parser().caseInsensitiveEnumValuesAllowed(true);
    return spec;
  }

  private static int run(ParseResult parsed) {
    NetworkDevice device = NetworkDevice.of(parsed.matchedPositionalValue(0, ""));
    return Loading.run(
        new Loading.Wanted(
            device,
            Path.of(parsed.matchedPositionalValue(1, "")),
            parsed.matchedOptionValue("-m", XdpMode.NATIVE),
            parsed.matchedOptionValue("-n", null),
            parsed.matchedOptionValue("-s", null),
            parsed.matchedOptionValue("-p", null),
            parsed.hasMatchedOption("-F")),
        parsed);
  }

  static String modeOption(XdpMode mode) {
    return "-m " + mode.name().toLowerCase(Locale.ROOT);
  }
}
