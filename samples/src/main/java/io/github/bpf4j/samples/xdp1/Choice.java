package io.github.bpf4j.samples.xdp1;

import io.github.bpf4j.BpfMap;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.uapi.BpfMapType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which map of an object holds the counters: the one that is named, or the only one that fits. */
final class Choice {
  private static final String COUNTERS = "PERCPU_ARRAY with values of 8 bytes";

  private Choice() {}

  static BpfMap map(BpfObject object, @Nullable String name) {
    if (name != null) {
      BpfMap named = object.map(name);
      if (!holdsCounters(named)) {
        throw failed(object, describe(named) + ", not a " + COUNTERS);
      }
      return named;
    }
    List<BpfMap> counters = object.maps().stream().filter(Choice::holdsCounters).toList();
    return switch (counters.size()) {
      case 1 -> counters.getFirst();
      case 0 -> throw failed(object, "it has no " + COUNTERS + others(object));
      default ->
          throw failed(
              object,
              "it has several per-CPU arrays of counters, choose one with --map: "
                  + String.join(", ", counters.stream().map(BpfMap::name).toList()));
    };
  }

  private static String others(BpfObject object) {
    List<String> maps = object.maps().stream().map(Choice::describe).toList();
    return maps.isEmpty()
        ? " to read counters from, and no other map"
        : ", only: " + String.join(", ", maps);
  }

  private static boolean holdsCounters(BpfMap map) {
    return map.type() == BpfMapType.PERCPU_ARRAY && map.valueSize() == Long.BYTES;
  }

  private static String describe(BpfMap map) {
    return map.name()
        + " is of type "
        + map.type()
        + " with values of "
        + map.valueSize()
        + " bytes";
  }

  private static CommandFailedException failed(BpfObject object, String reason) {
    return new CommandFailedException("cannot use object " + object.name() + ": " + reason);
  }
}
