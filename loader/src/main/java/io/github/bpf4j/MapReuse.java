package io.github.bpf4j;

import io.github.bpf4j.BpfMap.Access;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.MapHandle;
import io.github.bpf4j.uapi.BpfMapFlag;
import io.github.bpf4j.uapi.BpfMapType;
import io.github.bpf4j.uapi.MapInfo;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Maps that an object shares with others: whatever a program of the object takes for granted, the
 * map that is there must have. libbpf says no more than "parameter mismatch".
 */
final class MapReuse {
  private MapReuse() {}

  /** Checks the map that the load will find pinned, if there is one. */
  static void checkPinned(MapHandle handle) {
    String path = handle.pinPath();
    if (path.isEmpty()) {
      return;
    }
    Optional<Fd> found = MapPins.find(Path.of(path), Access.READ_WRITE);
    if (found.isPresent()) {
      try (Fd pinned = found.get()) {
        check(handle, KernelObjects.mapInfo(pinned.number()), "the map pinned at " + path);
      }
    }
  }

  static void reuse(MapHandle handle, BpfMap map) {
    check(handle, map.info(), "map " + map.name());
    map.withFd(
        fd -> {
          handle.reuse(fd);
          return true;
        });
  }

  private static void check(MapHandle wanted, MapInfo there, String what) {
    StringJoiner different = new StringJoiner(", ");
    BpfMapType type = BpfMapType.of(wanted.type());
    if (wanted.type() != there.typeNumber()) {
      different.add("type: " + type + " vs " + there.type());
    }
    compare("key_size", wanted.keySize(), there.keySize(), different);
    compare("value_size", wanted.valueSize(), there.valueSize(), different);
    compare("max_entries", wanted.maxEntries(), there.maxEntries(), different);
    compare("map_flags", flags(type, wanted.flags()), flags(type, there.flags()), different);
    compare("map_extra", wanted.extra(), there.extra(), different);
    if (different.length() > 0) {
      throw new BpfException(
          Failure.of(
                  "reuse",
                  what + " as map " + wanted.name(),
                  "they differ (the object's vs the one that is there): " + different)
              .hint("let the object have the same, or take another map or path"));
    }
  }

  private static void compare(String field, long wanted, long there, StringJoiner different) {
    if (wanted != there) {
      different.add(field + ": " + wanted + " vs " + there);
    }
  }

  // The kernel adds one to device maps by itself; two are of a descriptor, not of the map.
  private static long flags(BpfMapType type, int flags) {
    int own = BpfMapFlag.RDONLY.mask() | BpfMapFlag.WRONLY.mask();
    return type == BpfMapType.DEVMAP || type == BpfMapType.DEVMAP_HASH
        ? flags & ~(own | BpfMapFlag.RDONLY_PROG.mask())
        : flags & ~own;
  }
}
