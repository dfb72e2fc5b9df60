package io.github.bpf4j.samples.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.system.ObjectKind;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.ProgramInfo;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A program as {@code bpftool prog show} prints it.
 *
 * <pre>
 * 42: xdp  name xdp_prog1  tag 3b185187f1855c4c  gpl
 * 	loaded_at 2026-11-24T08:42:06+0000  uid 0
 * 	xlated 528B  jited 301B  memlock 4096B  map_ids 7
 * 	btf_id 9
 * 	pids java(311)
 * </pre>
 */
final class ProgramView implements Listing.View<ProgramInfo> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private final Surroundings surroundings;
  private final Instant boot = BpfSystem.bootTime();

  ProgramView(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void json(ProgramInfo program, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", program.id());
    if (program.type() == BpfProgramType.UNKNOWN) {
      json.writeNumberField("type", program.typeNumber());
    } else {
      json.writeStringField("type", Words.of(program.type()));
    }
    if (!program.name().isEmpty()) {
      json.writeStringField("name", BpfSystem.fullName(program));
    }
    json.writeStringField("tag", program.tag());
    json.writeBooleanField("gpl_compatible", program.gplCompatible());
    if (program.runCount() != 0) {
      json.writeNumberField("run_time_ns", program.runTime().toNanos());
      json.writeNumberField("run_cnt", program.runCount());
    }
    if (program.recursionMisses() != 0) {
      json.writeNumberField("recursion_misses", program.recursionMisses());
    }
    if (!program.loadedAfterBoot().isZero()) {
      json.writeNumberField("loaded_at", loadedAt(program).getEpochSecond());
      json.writeNumberField("uid", Integer.toUnsignedLong(program.uid()));
    }
    json.writeNumberField("bytes_xlated", program.translatedBytes());
    json.writeBooleanField("jited", program.jitedBytes() != 0);
    if (program.jitedBytes() != 0) {
      json.writeNumberField("bytes_jited", program.jitedBytes());
    }
    if (program.memoryBytes().isPresent()) {
      json.writeNumberField("bytes_memlock", program.memoryBytes().getAsLong());
    }
    if (!program.mapIds().isEmpty()) {
      json.writeArrayFieldStart("map_ids");
      for (int id : program.mapIds()) {
        json.writeNumber(id);
      }
      json.writeEndArray();
    }
    if (program.btfId() != 0) {
      json.writeNumberField("btf_id", program.btfId());
    }
    surroundings.json(json, ObjectKind.PROGRAM, program.id());
    json.writeEndObject();
  }

  @Override
  public void text(ProgramInfo program, StringBuilder text) {
    text.append(program.id()).append(": ").append(Words.of(program.type(), program.typeNumber()));
    if (!program.name().isEmpty()) {
      text.append("  name ").append(BpfSystem.fullName(program));
    }
    text.append("  tag ").append(program.tag());
    if (program.gplCompatible()) {
      text.append("  gpl");
    }
    if (program.runCount() != 0) {
      text.append(" run_time_ns ").append(program.runTime().toNanos());
      text.append(" run_cnt ").append(program.runCount());
    }
    if (program.recursionMisses() != 0) {
      text.append(" recursion_misses ").append(program.recursionMisses());
    }
    if (!program.loadedAfterBoot().isZero()) {
      text.append("\n\tloaded_at ").append(TIME.format(loadedAt(program)));
      text.append("  uid ").append(Integer.toUnsignedString(program.uid()));
    }
    text.append("\n\txlated ").append(program.translatedBytes()).append('B');
    if (program.jitedBytes() == 0) {
      text.append("  not jited");
    } else {
      text.append("  jited ").append(program.jitedBytes()).append('B');
    }
    program.memoryBytes().ifPresent(bytes -> text.append("  memlock ").append(bytes).append('B'));
    if (!program.mapIds().isEmpty()) {
      text.append("  map_ids ").append(commas(program.mapIds()));
    }
    surroundings.pinned(text, ObjectKind.PROGRAM, program.id());
    if (program.btfId() != 0) {
      text.append("\n\tbtf_id ").append(program.btfId());
    }
    surroundings.pids(text, ObjectKind.PROGRAM, program.id());
    text.append('\n');
  }

  private Instant loadedAt(ProgramInfo program) {
    return boot.plus(program.loadedAfterBoot());
  }

  private static String commas(List<Integer> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
