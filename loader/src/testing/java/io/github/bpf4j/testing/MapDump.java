package io.github.bpf4j.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code bpftool} reads from a map: a second opinion, independent of bpf4j. */
public final class MapDump {
  // The second part of an entry, "formatted", has no hexadecimal bytes.
  private static final String BYTES = "\\[(\"0x[^\\]]*)\\]";
  private static final Pattern KEY_OR_VALUE = Pattern.compile("\"(key|value)\": ?" + BYTES);

  private MapDump() {}

  /** Key to values in hexadecimal: one value, or in a per-CPU map one for each possible CPU. */
  public static Map<String, List<String>> of(int mapId) {
    String json = Commands.run("bpftool", "map", "dump", "id", Integer.toString(mapId), "-j");
    Map<String, List<String>> entries = new TreeMap<>();
    Matcher found = KEY_OR_VALUE.matcher(json);
    String key = "";
    while (found.find()) {
      String bytes = found.group(2).replaceAll("0x|[\",\\s]", "");
      if (found.group(1).equals("key")) {
        key = bytes;
        entries.put(key, List.of());
      } else {
        entries.merge(key, List.of(bytes), MapDump::joined);
      }
    }
    return entries;
  }

  /** The values of one key of 4 bytes, as 64-bit numbers, added up. */
  public static long sum(Map<String, List<String>> dump, int key) {
    return dump.getOrDefault(hex(key), List.of()).stream()
        .map(HexFormat.of()::parseHex)
        .mapToLong(bytes -> ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong())
        .sum();
  }

  /** A key of 4 bytes, as it stands in a dump. */
  public static String hex(int key) {
    return HexFormat.of()
        .formatHex(ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(key).array());
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
