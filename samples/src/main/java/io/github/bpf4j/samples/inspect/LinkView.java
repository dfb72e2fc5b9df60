package io.github.bpf4j.samples.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.system.ObjectKind;
import io.github.bpf4j.uapi.BpfLinkType;
import io.github.bpf4j.uapi.LinkInfo;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A link as {@code bpftool link show} prints it.
 *
 * <pre>
 * 5: xdp  prog 42
 * 	devname eth0  ifindex 2  attach_type xdp
 * 	pids java(311)
 * </pre>
 */
final class LinkView implements Listing.View<LinkInfo> {
  private final Surroundings surroundings;

  LinkView(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void json(LinkInfo link, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", link.id());
    if (link.type() == BpfLinkType.UNKNOWN) {
      json.writeNumberField("type", link.typeNumber());
    } else {
      json.writeStringField("type", Words.of(link.type()));
    }
    json.writeNumberField("prog_id", link.programId());
    for (Map.Entry<String, Object> field : LinkFields.of(link).entrySet()) {
      json.writeFieldName(field.getKey());
      json.writePOJO(field.getValue());
    }
    surroundings.json(json, ObjectKind.LINK, link.id());
    json.writeEndObject();
  }

  @Override
  public void text(LinkInfo link, StringBuilder text) {
    text.append(link.id()).append(": ");
    text.append(
        link.type() == BpfLinkType.UNKNOWN ? "type " + link.typeNumber() : Words.of(link.type()));
    text.append("  prog ").append(link.programId());
    Map<String, Object> fields = LinkFields.of(link);
    if (!fields.isEmpty()) {
      text.append(
          fields.entrySet().stream()
              .map(field -> field.getKey() + " " + field.getValue())
              .collect(Collectors.joining("  ", "\n\t", "")));
    }
    surroundings.pinned(text, ObjectKind.LINK, link.id());
    surroundings.pids(text, ObjectKind.LINK, link.id());
    text.append('\n');
  }
}
