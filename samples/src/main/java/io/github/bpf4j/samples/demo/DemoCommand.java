package io.github.bpf4j.samples.demo;

import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.samples.cli.Specs;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j demo}: xdp1 on a network of its own, with known traffic. */
public final class DemoCommand {
  private static final int DEFAULT_SECONDS = 10;
  private static final int MOST_SECONDS = 86_400;

  private DemoCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec spec =
        Specs.command(
            "demo",
            "Makes a network namespace with a veth pair, sends known numbers of frames over it,"
                + " counts them with xdp1, and compares. Leaves nothing behind.",
            DemoCommand::run);
    spec.addOption(
        Specs.value(
            int.class, "N", "How long to send (default: " + DEFAULT_SECONDS + ").", "--seconds"));
    spec.addOption(Specs.flag("Count in skb mode instead of native mode.", "-S", "--skb-mode"));
    return spec;
  }

  private static int run(ParseResult parsed) throws Exception {
    int seconds = parsed.matchedOptionValue("--seconds", DEFAULT_SECONDS);
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw Specs.wrong(parsed, "the seconds must be between 1 and " + MOST_SECONDS);
    }
    XdpMode mode = parsed.hasMatchedOption("-S") ? XdpMode.SKB : XdpMode.NATIVE;
    // The namespace has no name: with this process it goes, however the process ends.
    try (NetworkNamespace namespace = NetworkNamespace.create()) {
      return namespace.call(() -> Demo.run(seconds, mode));
    }
  }
}
