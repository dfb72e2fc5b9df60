package io.github.bpf4j.samples.xdp1;

import io.github.bpf4j.OpenOptions.Legacy;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.samples.cli.Termination;
import io.github.bpf4j.samples.report.Format;
import java.nio.file.Path;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j xdp1}: options and their meaning. */
public final class Xdp1Command {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double LONGEST_INTERVAL = 1e6;

  private Xdp1Command() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "xdp1",
            "Counts packets per IP protocol on an interface, by an XDP program that passes all of"
                + " them. SIGINT and SIGTERM detach it.",
            Xdp1Command::run);
    spec.addArgGroup(
        ArgGroupSpec.builder()
            .exclusive(true)
            .multiplicity("0..1")
            .addArg(
                Specs.flag("Run in the network stack: works on any interface.", "-S", "--skb-mode"))
            .addArg(Specs.flag("Run in the driver: the default.", "-N", "--native-mode"))
            .addArg(Specs.flag("Run in the device.", "--hw-mode"))
            .build());
    spec.addOption(Specs.flag("Take the place of a program that is attached.", "-F", "--force"));
    spec.addOption(
        Specs.flag("Attach by bpf_link: gone with the process, however it ends.", "--link"));
    spec.addOption(
        OptionSpec.builder("-i", "--interval")
            .type(double.class)
            .paramLabel("SECONDS")
            .defaultValue("2")
            .description("Time between reports (default: 2).")
            .build());
    spec.addOption(
        OptionSpec.builder("-c", "--count")
            .type(int.class)
            .paramLabel("REPORTS")
            .description("End after so many reports.")
            .build());
    spec.addOption(
        Specs.value(
            Path.class, "FILE", "The BPF object (default: the packaged xdp1).", "--object"));
    spec.addOption(
        Specs.flag("Leave an object of before libbpf 1.0 as it is, and fail.", "--no-upgrade"));
    spec.addOption(
        Specs.value(
            String.class, "NAME", "The program (default: the object's only one).", "--program"));
    spec.addOption(
        Specs.value(
            String.class,
            "NAME",
            "The map of counters (default: the object's only per-CPU array).",
            "--map"));
    spec.addOption(
        OptionSpec.builder("--format")
            .type(Format.class)
            .paramLabel("FORMAT")
            .defaultValue("text")
            .description("text, json or live (default: text).")
            .build());
    spec.addPositional(Specs.required("IFACE", "The interface."));
    spec.parser().caseInsensitiveEnumValuesAllowed(true);
    return spec;
  }

  private static int run(ParseResult parsed) {
    Xdp1Options options = options(parsed);
    NetworkDevice device = NetworkDevice.of(options.device());
    return Xdp1Run.run(options, device, Termination.install());
  }

  private static Xdp1Options options(ParseResult parsed) {
    double interval = parsed.matchedOptionValue("-i", 2.0);
    if (!(interval > 0 && interval <= LONGEST_INTERVAL)) {
      throw Specs.wrong(parsed, "the interval must be more than 0 seconds and at most 1000000");
    }
    int count = parsed.matchedOptionValue("-c", 0);
    if (parsed.hasMatchedOption("-c") && count <= 0) {
      throw Specs.wrong(parsed, "the count must be 1 or more");
    }
    return new Xdp1Options(
        mode(parsed),
        parsed.hasMatchedOption("-F"),
        parsed.hasMatchedOption("--link"),
        Math.max(1, (long) (interval * NANOS_PER_SECOND)),
        count,
        parsed.matchedOptionValue("--object", null),
        parsed.hasMatchedOption("--no-upgrade") ? Legacy.REFUSE : Legacy.UPGRADE,
        parsed.matchedOptionValue("--program", null),
        parsed.matchedOptionValue("--map", null),
        parsed.matchedOptionValue("--format", Format.TEXT),
        parsed.matchedPositionalValue(0, ""));
  }

  private static XdpMode mode(ParseResult parsed) {
    if (parsed.hasMatchedOption("-S")) {
      return XdpMode.SKB;
    }
    return parsed.hasMatchedOption("--hw-mode") ? XdpMode.HW : XdpMode.NATIVE;
  }
}
