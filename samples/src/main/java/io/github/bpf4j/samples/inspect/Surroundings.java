package io.github.bpf4j.samples.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.system.Holder;
import io.github.bpf4j.system.Holders;
import io.github.bpf4j.system.ObjectKind;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** What keeps an object in the kernel: processes that have it open. */
final class Surroundings {
  private final Holders holders = Holders.find();

  void json(JsonGenerator json, ObjectKind kind, int id) throws IOException {
    List<Holder> processes = holders.of(kind, id);
    if (!processes.isEmpty()) {
      json.writeArrayFieldStart("pids");
      for (Holder process : processes) {
        json.writeStartObject();
        json.writeNumberField("pid", process.pid());
        json.writeStringField("comm", process.command());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  void pids(StringBuilder text, ObjectKind kind, int id) {
    List<Holder> processes = holders.of(kind, id);
    if (!processes.isEmpty()) {
      text.append("\n\tpids ")
          .append(
              processes.stream()
                  .map(process -> process.command() + "(" + process.pid() + ")")
                  .collect(Collectors.joining(", ")));
    }
  }
}
