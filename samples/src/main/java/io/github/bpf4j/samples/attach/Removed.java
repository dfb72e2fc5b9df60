package io.github.bpf4j.samples.attach;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;

/**
 * Programs that were taken off an interface, and those that were gone already when they were to be.
 */
record Removed(List<XdpAttachment> removed, List<XdpAttachment> gone) {
  /** Removes them. */
  static Removed of(List<XdpAttachment> attachments) {
    List<XdpAttachment> removed = new ArrayList<>();
    List<XdpAttachment> gone = new ArrayList<>();
    for (XdpAttachment attachment : attachments) {
      (Removal.remove(attachment) ? removed : gone).add(attachment);
    }
    return new Removed(removed, gone);
  }

  /**
   * Says so: a sentence for each on stderr, or what was removed as JSON on stdout.
   *
   * @param done such as {@code "detached"}
   */
  int report(ParseResult parsed, NetworkDevice device, String done) {
    if (Output.isJson(parsed)) {
      Output.json(parsed, this::json);
      return ExitCode.DONE;
    }
    for (XdpAttachment attachment : removed) {
      System.err.println("bpf4j: " + done + " " + attachment.describe() + " from " + device);
    }
    for (XdpAttachment attachment : gone) {
      System.err.println(
          "bpf4j: " + attachment.describe() + " was gone from " + device + " already");
    }
    if (removed.isEmpty() && gone.isEmpty()) {
      System.err.println("bpf4j: nothing is attached to " + device);
    }
    return ExitCode.DONE;
  }

  private void json(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (XdpAttachment attachment : removed) {
      json.writeStartObject();
      AttachedJson.device(json, attachment.device());
      AttachedJson.xdp(json, attachment);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
