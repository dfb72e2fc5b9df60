package io.github.bpf4j.samples.report;

import io.github.bpf4j.rate.RateSampler;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table redrawn in place, with the last intervals of each protocol as a sparkline.
 *
 * <pre>
 *   eth0, native mode, program 42
 *   PROTO  NAME              PKT/S         TOTAL
 *       6  TCP                1234         98765  ▁▂▅▇█▇▅▂▁
 * </pre>
 */
final class LiveReporter implements Reporter {
  private static final int NAME_WIDTH = 16;
  private static final int NUMBER_WIDTH = 12;
  private static final int HEAD_LINES = 2;

  private final OutputStream out;
  private final Target target;
  private final AsciiBuffer buffer = new AsciiBuffer();
  private final Map<Integer, Sparkline> history = new TreeMap<>();
  private int drawnLines;

  LiveReporter(OutputStream out, Target target) {
    this.out = out;
    this.target = target;
  }

  @Override
  public void report(RateSampler rates) {
    for (int protocol = 0; protocol < rates.size(); protocol++) {
      if (rates.total(protocol) != 0) {
        history.computeIfAbsent(protocol, _ -> new Sparkline()).add(rates.perSecond(protocol));
      }
    }
    if (drawnLines > 0) {
      buffer.text("\u001b[%dA\u001b[J".formatted(drawnLines));
    }
    head();
    history.forEach((protocol, sparkline) -> row(protocol, rates, sparkline));
    drawnLines = HEAD_LINES + history.size();
    buffer.writeTo(out);
  }

  private void head() {
    buffer
        .utf8(
            "%s, %s mode, program %d%n"
                .formatted(target.device().name(), target.mode(), target.programId()))
        .text("PROTO  ")
        .text("NAME")
        .blanks(NAME_WIDTH - "NAME".length() + NUMBER_WIDTH - "PKT/S".length())
        .text("PKT/S")
        .blanks(2 + NUMBER_WIDTH - "TOTAL".length())
        .text("TOTAL\n");
  }

  private void row(int protocol, RateSampler rates, Sparkline sparkline) {
    String name = Protocols.label(protocol);
    buffer
        .number(protocol, 5)
        .text("  ")
        .text(name)
        .blanks(NAME_WIDTH - name.length())
        .number(Math.round(rates.perSecond(protocol)), NUMBER_WIDTH)
        .text("  ")
        .number(rates.total(protocol), NUMBER_WIDTH)
        .text("  ")
        .utf8(sparkline.toString())
        .text("\n");
  }
}
