package io.github.bpf4j.samples.inspect;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bpf4j.system.ObjectKind;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.MapInfo;
import java.io.IOException;

/**
 * A map as {@code bpftool map show} prints it.
 *
 * <pre>
 * 7: percpu_array  name rxcnt  flags 0x0
 * 	key 4B  value 8B  max_entries 256  memlock 6304B
 * 	btf_id 9  frozen
 * 	pids java(311)
 * </pre>
 */
final class MapView implements Listing.View<MapInfo> {
  private final Surroundings surroundings;

  MapView(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void json(MapInfo map, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", map.id());
    if (map.type() == BpfMapType.UNKNOWN) {
      json.writeNumberField("type", map.typeNumber());
    } else {
      json.writeStringField("type", Words.of(map.type()));
    }
    if (!map.name().isEmpty()) {
      json.writeStringField("name", map.name());
    }
    json.writeNumberField("flags", Integer.toUnsignedLong(map.flags()));
    json.writeNumberField("bytes_key", Integer.toUnsignedLong(map.keySize()));
    json.writeNumberField("bytes_value", Integer.toUnsignedLong(map.valueSize()));
    json.writeNumberField("max_entries", Integer.toUnsignedLong(map.maxEntries()));
    if (map.memoryBytes().isPresent()) {
      json.writeNumberField("bytes_memlock", map.memoryBytes().getAsLong());
    }
    if (hasOwner(map)) {
      json.writeStringField("owner_prog_type", Words.of(map.ownerType()));
      json.writeBooleanField("owner_jited", map.ownerJited());
    }
    json.writeNumberField("frozen", map.frozen() ? 1 : 0);
    if (map.btfId() != 0) {
      json.writeNumberField("btf_id", map.btfId());
    }
    surroundings.json(json, ObjectKind.MAP, map.id());
    json.writeEndObject();
  }

  @Override
  public void text(MapInfo map, StringBuilder text) {
    text.append(map.id()).append(": ").append(Words.of(map.type(), map.typeNumber()));
    if (!map.name().isEmpty()) {
      text.append("  name ").append(map.name());
    }
    text.append("  flags 0x").append(Integer.toHexString(map.flags()));
    text.append("\n\tkey ").append(Integer.toUnsignedString(map.keySize())).append('B');
    text.append("  value ").append(Integer.toUnsignedString(map.valueSize())).append('B');
    text.append("  max_entries ").append(Integer.toUnsignedString(map.maxEntries()));
    map.memoryBytes().ifPresent(bytes -> text.append("  memlock ").append(bytes).append('B'));
    if (hasOwner(map)) {
      text.append("\n\towner_prog_type ").append(Words.of(map.ownerType()));
      text.append("  owner").append(map.ownerJited() ? "" : " not").append(" jited");
    }
    surroundings.pinned(text, ObjectKind.MAP, map.id());
    if (map.btfId() != 0) {
      text.append("\n\tbtf_id ").append(map.btfId());
    }
    if (map.frozen()) {
      text.append(map.btfId() == 0 ? "\n\tfrozen" : "  frozen");
    }
    surroundings.pids(text, ObjectKind.MAP, map.id());
    text.append('\n');
  }

  private static boolean hasOwner(MapInfo map) {
    return map.type() == BpfMapType.PROG_ARRAY && map.ownerType() != BpfProgramType.UNSPEC;
  }
}
