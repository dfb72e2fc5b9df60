package io.github.bpf4j;

import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.MapInfo;

/** What never changes of a map, and is needed with each call. */
record MapShape(BpfMapType type, int typeNumber, int keySize, int valueSize, int maxEntries) {

  static MapShape of(MapHandle map) {
    return new MapShape(
        BpfMapType.of(map.type()), map.type(), map.keySize(), map.valueSize(), map.maxEntries());
  }

  static MapShape of(MapInfo map) {
    return new MapShape(
        map.type(), map.typeNumber(), map.keySize(), map.valueSize(), map.maxEntries());
  }

  /** The type's name, or its number when it has none here. */
  String typeName() {
    return type == BpfMapType.UNKNOWN ? Integer.toString(typeNumber) : type.name();
  }
}
