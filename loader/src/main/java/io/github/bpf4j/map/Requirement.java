package io.github.bpf4j.map;

import io.github.bpf4j.codec.Codec;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a map must be for a view of it. */
final class Requirement {
  private Requirement() {}

  static void type(RawMap map, String view, BpfMapType... types) {
    if (!Arrays.asList(types).contains(map.type())) {
      throw refused(
          map,
          view,
          "its type is "
              + map.type()
              + ", not "
              + Arrays.stream(types).map(BpfMapType::name).collect(Collectors.joining(" or ")));
    }
  }

  static void keySize(RawMap map, String view, Codec<?> codec) {
    keySize(map, view, codec.size());
  }

  static void keySize(RawMap map, String view, int bytes) {
    if (bytes != map.keySize()) {
      throw refused(map, view, "its keys have " + map.keySize() + " bytes, not " + bytes);
    }
  }

  static void valueSize(RawMap map, String view, Codec<?> codec) {
    valueSize(map, view, codec, map.valueSize());
  }

  /** Where a value takes more room than the kernel says: that of all CPUs. */
  static void valueSize(RawMap map, String view, Codec<?> codec, long needed) {
    if (codec.size() != needed) {
      throw refused(map, view, "its values have " + needed + " bytes, not " + codec.size());
    }
  }

  static UnsignedNumber number(RawMap map, String view, String what, int bytes) {
    if (!UnsignedNumber.isSize(bytes)) {
      throw refused(
          map, view, "a " + what + " of " + bytes + " bytes is no number of 1, 2, 4 or 8");
    }
    return UnsignedNumber.of(bytes);
  }

  static BpfException refused(RawMap map, String view, String reason) {
    return new BpfException(Failure.of("use", "map " + map.name() + " as " + view, reason));
  }

  /** Checks the number of a slot, which is the caller's own mistake. */
  static int slot(RawMap map, int index) {
    if (index < 0 || index >= map.maxEntries()) {
      throw new IndexOutOfBoundsException(
          "map "
              + map.name()
              + " has the slots from 0 to "
              + (map.maxEntries() - 1)
              + ", and no "
              + index);
    }
    return index;
  }
}
