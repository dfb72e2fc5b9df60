package io.github.bpf4j.samples.attach;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.AttachedProgram.LoadedBy;
import io.github.bpf4j.attach.TcAttachment;
import io.github.bpf4j.attach.TcDirection;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.uapi.BpfAttachType;
import io.github.bpf4j.uapi.ProgramInfo;
import java.io.IOException;
import java.util.Locale;

/**
 * Attached programs as JSON, by the names that bpftool has for the same. All methods write fields
 * of an object that is begun.
 */
final class AttachedJson {
  private AttachedJson() {}

  static void device(JsonGenerator json, NetworkDevice device) throws IOException {
    json.writeStringField("devname", device.name());
    json.writeNumberField("ifindex", device.index());
  }

  static void xdp(JsonGenerator json, XdpAttachment attachment) throws IOException {
    json.writeStringField("mode", attachment.mode().toString());
    program(json, attachment.program());
  }

  static void tc(JsonGenerator json, TcAttachment attachment) throws IOException {
    json.writeStringField("kind", kind(attachment));
    json.writeNumberField("priority", attachment.priority());
    json.writeNumberField("handle", Integer.toUnsignedLong(attachment.handle()));
    if (attachment.chain() != 0) {
      json.writeNumberField("chain", Integer.toUnsignedLong(attachment.chain()));
    }
    program(json, attachment.program());
  }

  static void shared(JsonGenerator json, BpfAttachType hook, AttachedProgram program)
      throws IOException {
    json.writeStringField("kind", kind(hook));
    program(json, program);
  }

  /** Such as {@code "clsact/ingress"}. */
  static String kind(TcAttachment attachment) {
    for (TcDirection direction : TcDirection.values()) {
      if (direction.parent() == attachment.parent()) {
        return "clsact/" + direction;
      }
    }
    return "tc";
  }

  /** Such as {@code "tcx/ingress"}. */
  static String kind(BpfAttachType hook) {
    return hook.name().toLowerCase(Locale.ROOT).replace('_', '/');
  }

  /** The program, and whose it is. */
  static void program(JsonGenerator json, AttachedProgram program) throws IOException {
    json.writeNumberField("id", program.id());
    if (program.info().isPresent()) {
      ProgramInfo info = program.info().get();
      json.writeStringField("name", BpfSystem.fullName(info));
      json.writeStringField("tag", info.tag());
      json.writeNumberField("uid", Integer.toUnsignedLong(info.uid()));
    }
    if (program.linkId().isPresent()) {
      json.writeNumberField("link_id", program.linkId().getAsInt());
    }
    if (program.loadedBy().isPresent()) {
      LoadedBy owner = program.loadedBy().get();
      json.writeObjectFieldStart("bpf4j");
      json.writeNumberField("pid", owner.pid());
      json.writeBooleanField("running", owner.running());
      json.writeBooleanField("on_purpose", owner.onPurpose());
      json.writeEndObject();
    }
    Output.pids(json, program.holders());
  }
}
