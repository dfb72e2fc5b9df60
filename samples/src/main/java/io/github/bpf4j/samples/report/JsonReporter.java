package io.github.bpf4j.samples.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.rate.RateSampler;
import io.github.bpf4j.samples.cli.OutputClosedException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One object on a line for each report. Protocols that were never seen are left out; those that
 * were seen stay, also in intervals without traffic.
 */
final class JsonReporter implements Reporter {
  private static final double NANOS_PER_SECOND = 1e9;

  private final OutputStream out;
  private final Target target;
  private final JsonFactory json = new JsonFactory();

  JsonReporter(OutputStream out, Target target) {
    this.out = out;
    this.target = target;
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  @Override
  public void report(RateSampler rates) {
    try (JsonGenerator line = json.createGenerator(out)) {
      line.writeStartObject();
      line.writeStringField("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
      line.writeStringField("interface", target.device().name());
      line.writeNumberField("ifindex", target.device().index());
      line.writeStringField("mode", target.mode().toString());
      line.writeNumberField("programId", target.programId());
      line.writeNumberField("intervalSeconds", rates.intervalNanos() / NANOS_PER_SECOND);
      line.writeArrayFieldStart("protocols");
      for (int protocol = 0; protocol < rates.size(); protocol++) {
        if (rates.total(protocol) != 0) {
          write(line, protocol, rates);
        }
      }
      line.writeEndArray();
      line.writeEndObject();
      line.writeRaw('\n');
    } catch (IOException e) {
      throw OutputClosedException.of(e);
    }
  }

  private static void write(JsonGenerator line, int protocol, RateSampler rates)
      throws IOException {
    line.writeStartObject();
    line.writeNumberField("number", protocol);
    line.writeStringField("name", Protocols.name(protocol));
    line.writeNumberField("packets", rates.delta(protocol));
    line.writeNumberField("total", rates.total(protocol));
    line.writeNumberField("packetsPerSecond", rates.perSecond(protocol));
    line.writeEndObject();
  }
}
