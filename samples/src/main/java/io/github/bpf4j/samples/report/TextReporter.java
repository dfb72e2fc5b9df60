package io.github.bpf4j.samples.report;

import io.github.bpf4j.rate.RateSampler;
import java.io.OutputStream;

/**
 * The lines of the kernel's sample xdp1: {@code proto 17: 1234 pkt/s}. Protocols without traffic in
 * the interval are left out. Rates are rounded to whole packets. Allocates nothing.
 */
final class TextReporter implements Reporter {
  private static final int RATE_WIDTH = 10;

  private final OutputStream out;
  private final AsciiBuffer buffer = new AsciiBuffer();

  TextReporter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void report(RateSampler rates) {
    for (int protocol = 0; protocol < rates.size(); protocol++) {
      if (rates.delta(protocol) > 0) {
        buffer
            .text("proto ")
            .number(protocol, 0)
            .text(": ")
            .number(Math.round(rates.perSecond(protocol)), RATE_WIDTH)
            .text(" pkt/s\n");
      }
    }
    buffer.writeTo(out);
  }
}
