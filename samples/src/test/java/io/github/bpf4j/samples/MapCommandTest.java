package io.github.bpf4j.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.BpfMap;
import io.github.bpf4j.BpfObject;
import io.github.bpf4j.ctype.CMember;
import io.github.bpf4j.ctype.CStruct;
import io.github.bpf4j.samples.report.Json;
import io.github.bpf4j.testing.Commands;
import io.github.bpf4j.testing.KernelTest;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code map dump}, {@code lookup} and {@code update} against bpftool. */
@KernelTest
final class MapCommandTest {
  private BpfObject zoo;

  @BeforeEach
  void load() {
    zoo = TestObjects.load("type_zoo");
  }

  @AfterEach
  void close() {
    zoo.close();
  }

  private String id(String map) {
    return Integer.toString(zoo.map(map).info().id());
  }

  private static String bpftool(String line) {
    return Commands.run(("bpftool -j " + line).split(" ", -1));
  }

  private static void assertAgrees(String line) throws IOException {
    String ours = Here.run(line + " -j").printed();
    assertEquals(Json.value(bpftool(line)), Json.value(ours), line);
  }

  /** Each byte another, so that no two members look alike; and an enum, which has few values. */
  private static String bytes(BpfMap map, int seed) {
    byte[] bytes = new byte[map.valueSize()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 37 + seed);
    }
    int[] colors = {0, 5, -1, 7};
    CStruct type = (CStruct) map.valueType().orElseThrow();
    CMember color =
        type.members().stream().filter(it -> it.name().equals("color")).findFirst().orElseThrow();
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.nativeOrder())
        .putInt((int) color.offset(), colors[seed % colors.length]);
    return "hex " + HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  @Test
  void everyKindOfTypeIsPrintedAsByBpftool() throws IOException {
    BpfMap map = zoo.map("zoo");
    for (int seed = 0; seed < 8; seed++) {
      String key = "hex %02x 41".formatted(seed);
      Here.run("map update id " + id("zoo") + " key " + key + " value " + bytes(map, seed))
          .printed();
    }
    assertAgrees("map dump id " + id("zoo"));
    assertAgrees("map lookup id " + id("zoo") + " key hex 03 41");
    // For people: the same without the bytes, over many lines.
    String text = Here.run("map dump id " + id("zoo")).printed();
    assertTrue(text.lines().count() > 100, text);
    assertEquals(
        Here.objects("map dump id " + id("zoo")).stream()
            .map(entry -> entry.get("formatted"))
            .toList(),
        Json.value(text));
  }

  @Test
  void perCpuValuesAreThoseOfEachCpu() throws IOException {
    Here.run("map update id " + id("per_cpu") + " key 1 value 7 9").printed();
    assertAgrees("map dump id " + id("per_cpu"));
    assertAgrees("map lookup id " + id("per_cpu") + " key 0x01 0 0 0");
    String entry = Here.run("map lookup -j id " + id("per_cpu") + " key 1").printed();
    assertTrue(entry.contains("{\"cpu\":0,\"value\":[\"0x07\",\"0x09\"]}"), entry);
    assertTrue(entry.contains("{\"cpu\":1,\"value\":{\"a\":7,\"c\":9}}"), entry);
  }

  @Test
  void globalVariablesAreNamed() throws IOException {
    try (BpfObject globals = TestObjects.load("globals")) {
      for (BpfMap map : globals.maps()) {
        assertAgrees("map dump id " + map.info().id());
      }
    }
  }

  @Test
  void aMapWithoutTypesIsPrintedAsBytes() throws IOException {
    String map = id("untyped");
    Here.run("map update id " + map + " key 1 0 0 0 value hex 01 02 03 04 05 06 07 08").printed();
    assertAgrees("map dump id " + map);
    assertAgrees("map lookup id " + map + " key 1 0 0 0");
    for (String line : List.of("map dump id " + map, "map lookup id " + map + " key 1 0 0 0")) {
      assertEquals(
          Commands.run(("bpftool " + line).split(" ", -1)).strip(),
          Here.run(line).printed().strip());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 258, 02 01 00 00 00 00 00 00",
    "0x10, 0xffffffffffffffff, ff ff ff ff ff ff ff ff",
    "-1, -2, fe ff ff ff ff ff ff ff",
    "4294967295, 010, 08 00 00 00 00 00 00 00",
    "1 0 0 0, 1 2 3 4 5 6 7 010, 01 02 03 04 05 06 07 08",
    "hex ff, hex ff, ff 00 00 00 00 00 00 00"
  })
  void keysAndValuesAreBytesOrWholeNumbers(String key, String value, String bytes) {
    // A word that begins with a minus must not look like an option.
    String update = "map update -- id " + id("untyped");
    Here.run(update + " key " + key + " value " + value).printed();
    String dump = Here.run("map dump id " + id("untyped")).printed();
    assertTrue(dump.contains("value: " + bytes + "\n"), dump);
  }

  @Test
  void updatesMayAskForWhatIsThere() {
    String update = "map update id " + id("untyped") + " key 5 value 1 ";
    assertTrue(Here.run(update + "exist").refused().endsWith(" has no such key"));
    Here.run(update + "noexist").printed();
    assertTrue(Here.run(update + "noexist").refused().endsWith(" has that key already"));
    Here.run(update + "exist").printed();
    Here.run(update + "any").printed();
  }

  @Test
  void aMissingKeyFailsAndIsNullInJson() {
    String line = "map lookup id " + id("untyped") + " key 77";
    assertTrue(Here.run(line).refused().endsWith(" has no such key"));
    assertEquals("null\n", Here.run(line + " --json").out());
    assertEquals(1, Here.run(line + " --json").status());
  }

  @ParameterizedTest
  @CsvSource({
    "lookup, key 1 2 3, 'cannot read the key: it takes 4 bytes, 3 were given'",
    "lookup, key 1 2 3 4 5, 'cannot read the key: it takes 4 bytes, 5 were given'",
    "lookup, key 1 2 3 256, '''256'' is no byte'",
    "lookup, key x, '''x'' is no number'",
    "lookup, key 4294967296, '''4294967296'' is too large'",
    "lookup, key hex zz, '''zz'' is no number'",
    "update, key 1 value 1 2, 'cannot read the value: it takes 8 bytes, 2 were given'",
    "update, key 1 value 09, '''09'' is no number'"
  })
  void wrongBytesAreSaidInOneSentence(String verb, String words, String sentence) {
    String refused = Here.run("map " + verb + " id " + id("untyped") + " " + words).refused();
    assertTrue(refused.contains(sentence), refused);
  }

  @Test
  void whatTheKernelRefusesIsSaidInOneSentence() {
    try (BpfObject globals = TestObjects.load("globals")) {
      int frozen = globals.map("globals.rodata").info().id();
      String refused = Here.run("map update id " + frozen + " key 0 value 1").refused();
      assertTrue(refused.startsWith("bpf4j: cannot update map "), refused);
    }
    String outside = Here.run("map update id " + id("per_cpu") + " key 99 value 1 2").refused();
    assertTrue(outside.startsWith("bpf4j: cannot update map per_cpu: "), outside);
  }

  @Test
  void severalMapsOfANameAreNotGuessedAt() {
    try (BpfObject _ = TestObjects.load("type_zoo")) {
      String refused = Here.run("map dump name per_cpu").refused();
      assertTrue(refused.contains("say which one by its id"), refused);
    }
  }
}
