package io.github.bpf4j;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;

/** Keys and values that tests tell apart, for maps of any shape. */
final class MapEntries {
  /** The possible CPUs, as the kernel lists them: {@code 0-3,8}. */
  static final int CPUS = possibleCpus();

  private MapEntries() {}

  /** A key that starts with a number. */
  static MemorySegment key(Arena arena, BpfMap map, int number) {
    MemorySegment key = arena.allocate(map.keySize(), Integer.BYTES);
    key.set(JAVA_INT, 0, number);
    return key;
  }

  /** A value with other bytes for each CPU; zeros where the kernel rounds up. */
  static MemorySegment value(Arena arena, BpfMap map, int seed) {
    MemorySegment value = arena.allocate(map.valueBytes(), Long.BYTES);
    for (long offset = 0; offset < value.byteSize(); offset++) {
      boolean padding = map.isPerCpu() && offset % stride(map) >= map.valueSize();
      value.set(JAVA_BYTE, offset, (byte) (padding ? 0 : seed + offset));
    }
    return value;
  }

  /** A value as bpftool shows it: one for each CPU in a per-CPU map. */
  static List<String> values(BpfMap map, MemorySegment value) {
    return LongStream.range(0, map.isPerCpu() ? CPUS : 1)
        .mapToObj(cpu -> hex(value.asSlice(cpu * stride(map), map.valueSize())))
        .toList();
  }

  static String hex(MemorySegment bytes) {
    return HexFormat.of().formatHex(bytes.toArray(JAVA_BYTE));
  }

  private static long stride(BpfMap map) {
    return Math.ceilDiv(map.valueSize(), 8) * 8L;
  }

  private static int possibleCpus() {
    int count = 0;
    for (String range : read("/sys/devices/system/cpu/possible").split(",", -1)) {
      String[] ends = range.split("-", -1);
      count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
    }
    return count;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
