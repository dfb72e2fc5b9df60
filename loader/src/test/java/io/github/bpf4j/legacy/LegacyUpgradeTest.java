package io.github.bpf4j.legacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfExt;
import io.github.bpf4j.btf.BtfKind;
import io.github.bpf4j.btf.BtfMember;
import io.github.bpf4j.btf.BtfType;
import io.github.bpf4j.btf.BtfVariable;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.ElfSymbol;
import io.github.bpf4j.error.BpfObjectFormatException;
import io.github.bpf4j.legacy.LegacyUpgrade.Upgraded;
import io.github.bpf4j.object.ObjectCheck;
import io.github.bpf4j.testing.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the upgrade makes of an object, read back by our own reader. */
final class LegacyUpgradeTest {
  @ParameterizedTest
  @ValueSource(strings = {"xdp1_kern", "section_xdp1", "maps", "no_programs"})
  void todaysObjectsAreLeftAlone(String name) throws IOException {
    assertNull(LegacyUpgrade.of(object(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "legacy_xdp1",
        "legacy_xdp1_nobtf",
        "legacy_zoo",
        "legacy_zoo_nobtf",
        "legacy_annotated",
        "legacy_iproute2"
      })
  void whatComesOutIsAWellFormedObjectOfToday(String name) throws IOException {
    byte[] file = file(name);
    byte[] before = file.clone();
    Upgraded upgraded = upgrade(ElfObject.parse(file, name));
    assertArrayEquals(before, file, "the old bytes are untouched");

    ElfObject object = ElfObject.parse(upgraded.file(), name);
    ObjectCheck.check(object);
    assertNull(object.section("maps"));
    ElfSection maps = object.section(".maps");
    assertNotNull(maps);
    Btf btf = btf(object);
    ElfSection ext = object.section(BtfExt.SECTION);
    if (ext != null) {
      BtfExt.parse(object, ext, btf);
    }
    BtfType section = btf.find(BtfKind.DATASEC, ".maps");
    assertNotNull(section);
    assertEquals(maps.size(), section.size());
    assertEquals(
        upgraded.maps(),
        section.variables().stream().map(variable -> variable.variable().name()).toList());
    for (BtfVariable variable : section.variables()) {
      ElfSymbol symbol = symbol(object, variable.variable().name());
      assertEquals(maps.index(), symbol.section());
      assertEquals(variable.offset(), symbol.value());
      assertEquals(BtfType.GLOBAL, variable.variable().linkage());
    }
    assertNull(LegacyUpgrade.of(object), "a second upgrade finds nothing");
  }

  @Test
  void definitionsKeepTheirNumbers() throws IOException {
    ElfObject object =
        ElfObject.parse(upgrade(object("legacy_xdp1_nobtf")).file(), "legacy_xdp1_nobtf");
    assertEquals(
        Map.of("type", 6L, "key_size", 4L, "value_size", 8L, "max_entries", 256L),
        numbers(object, "rxcnt"));
  }

  @Test
  void flagsNodesAndInnerMapsAreKept() throws IOException {
    ElfObject object = ElfObject.parse(upgrade(object("legacy_zoo")).file(), "legacy_zoo");
    assertEquals(1L, numbers(object, "hidden").get("map_flags"));
    BtfType outer = definition(object, "outer");
    BtfMember values = outer.members().getLast();
    assertEquals("values", values.name());
    BtfType inner = values.type().element().target();
    assertEquals(
        Map.of("type", 2L, "key_size", 4L, "value_size", 8L, "max_entries", 3L), numbers(inner));
  }

  @Test
  void typesOfKeysAndValuesAreKeptWhereTheyFit() throws IOException {
    ElfObject object =
        ElfObject.parse(upgrade(object("legacy_annotated")).file(), "legacy_annotated");
    assertEquals(List.of("type", "key", "value", "max_entries"), members(object, "guarded_counts"));
    assertEquals(List.of("type", "key", "value", "map_flags"), members(object, "of_sockets"));
    assertEquals(
        List.of("type", "key_size", "value_size", "max_entries"), members(object, "mistaken"));
    BtfType value = definition(object, "guarded_counts").members().get(2).type().target();
    assertEquals("guarded", value.name());
    assertEquals("lock", value.members().getFirst().name());
  }

  private static List<String> members(ElfObject object, String map) {
    return definition(object, map).members().stream().map(BtfMember::name).toList();
  }

  @Test
  void pinsOfIproute2AreTold() throws IOException {
    Upgraded upgraded = upgrade(object("legacy_iproute2"));
    assertEquals(List.of("bpf4j_test_pinned", "unpinned"), upgraded.maps());
    assertEquals(
        Map.of("bpf4j_test_pinned", "/sys/fs/bpf/tc/globals/bpf4j_test_pinned"), upgraded.pins());
  }

  @Test
  void anUnknownFieldIsRefusedByName() throws IOException {
    byte[] file = file("legacy_zoo");
    ElfObject object = ElfObject.parse(file, "legacy_zoo");
    ElfSymbol outer = symbol(object, "outer");
    ElfSection maps = object.section("maps");
    assertNotNull(maps);
    // The index of the map that its values look like: there are only four.
    file[maps.offset() + (int) outer.value() + 20] = 9;
    BpfObjectFormatException refused =
        assertThrows(
            BpfObjectFormatException.class,
            () -> LegacyUpgrade.of(ElfObject.parse(file, "legacy_zoo")));
    assertTrue(refused.sentence().contains("outer"), refused.sentence());
    assertTrue(refused.sentence().contains("number 9, not one of the 4"), refused.sentence());
  }

  private static Map<String, Long> numbers(ElfObject object, String map) {
    return numbers(definition(object, map));
  }

  private static Map<String, Long> numbers(BtfType definition) {
    return definition.members().stream()
        .filter(member -> member.type().kind() == BtfKind.PTR)
        .collect(Collectors.toMap(BtfMember::name, member -> member.type().target().length()));
  }

  private static BtfType definition(ElfObject object, String map) {
    BtfType variable = btf(object).find(BtfKind.VAR, map);
    assertNotNull(variable);
    return variable.target();
  }

  private static Btf btf(ElfObject object) {
    ElfSection section = object.section(Btf.SECTION);
    assertNotNull(section);
    return Btf.parse(object, section);
  }

  private static ElfSymbol symbol(ElfObject object, String name) {
    return object.symbols().stream()
        .filter(symbol -> symbol.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Upgraded upgrade(ElfObject object) {
    Upgraded upgraded = LegacyUpgrade.of(object);
    assertNotNull(upgraded);
    return upgraded;
  }

  private static ElfObject object(String name) throws IOException {
    return ElfObject.parse(file(name), name);
  }

  private static byte[] file(String name) throws IOException {
    return Files.readAllBytes(TestObjects.file(name));
  }
}
