package io.github.bpf4j.samples.demo;

import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.net.NetworkNamespace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j demo}: xdp1 on a network of its own, with known traffic. */
public final class DemoCommand {
  private static final int DEFAULT_SECONDS = 10;
  private static final int MOST_SECONDS = 86_400;

  private DemoCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec[] self = new CommandSpec[1];
    Callable<Integer> run = () -> run(self[0].commandLine().getParseResult());
    CommandSpec spec = CommandSpec.wrapWithoutInspection(run).name("demo");
    self[0] = spec;
    spec.usageMessage()
        .description(
            "Makes a network namespace with a veth pair, sends known numbers of frames over it,"
                + " counts them with xdp1, and compares. Leaves nothing behind.");
    spec.addOption(
        OptionSpec.builder("--seconds")
            .type(int.class)
            .paramLabel("N")
            .description("How long to send (default: " + DEFAULT_SECONDS + ").")
            .build());
    spec.addOption(
        OptionSpec.builder("-S", "--skb-mode")
            .type(boolean.class)
            .arity("0")
            .description("Count in skb mode instead of native mode.")
            .build());
    return spec;
  }

  private static int run(ParseResult parsed) throws Exception {
    int seconds = parsed.matchedOptionValue("--seconds", DEFAULT_SECONDS);
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(), "the seconds must be between 1 and " + MOST_SECONDS);
    }
    XdpMode mode = parsed.hasMatchedOption("-S") ? XdpMode.SKB : XdpMode.NATIVE;
    // The namespace has no name: with this process it goes, however the process ends.
    try (NetworkNamespace namespace = NetworkNamespace.create()) {
      return namespace.call(() -> Demo.run(seconds, mode));
    }
  }
}
