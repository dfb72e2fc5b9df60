package io.github.bpf4j.samples.demo;

import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.rate.RateSampler;
import io.github.bpf4j.samples.report.Protocols;
import java.util.Arrays;

/** Sent against counted, for each protocol. */
final class Comparison {
  private final long[] sent;
  private final long[] counted;

  private Comparison(long[] sent, long[] counted) {
    this.sent = sent;
    this.counted = counted;
  }

  static Comparison of(long[] sent, RateSampler rates) {
    long[] counted = new long[rates.size()];
    for (int protocol = 0; protocol < counted.length; protocol++) {
      counted[protocol] = rates.total(protocol);
    }
    return new Comparison(sent.clone(), counted);
  }

  boolean isEqual() {
    return Arrays.equals(sent, counted);
  }

  String table(XdpMode mode) {
    StringBuilder table =
        new StringBuilder(
            "%n%s mode%nPROTO  NAME                     SENT      COUNTED%n".formatted(mode));
    for (int protocol = 0; protocol < sent.length; protocol++) {
      if (sent[protocol] != 0 || counted[protocol] != 0) {
        table.append(
            "%5d  %s"
                .formatted(
                    protocol, row(Protocols.label(protocol), sent[protocol], counted[protocol])));
      }
    }
    long allSent = Arrays.stream(sent).sum();
    long allCounted = Arrays.stream(counted).sum();
    return table.append("       ").append(row("all", allSent, allCounted)).toString();
  }

  private static String row(String name, long sent, long counted) {
    return "%-16s %12d %12d  %s%n"
        .formatted(name, sent, counted, sent == counted ? "equal" : "DIFFERENT");
  }
}
