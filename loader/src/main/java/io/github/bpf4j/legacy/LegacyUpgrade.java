package io.github.bpf4j.legacy;

import io.github.bpf4j.btf.Btf;
import io.github.bpf4j.btf.BtfExt;
import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfRelocation;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.ElfSymbol;
import io.github.bpf4j.elf.Place;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes an object that libbpf 1.0 refuses for its {@code maps} section into one that it loads, in
 * memory.
 *
 * <pre>
 *   before                                  after
 *   section maps: struct bpf_map_def …      section .maps: zeros, a slot for each map
 *   symbol rxcnt ─▶ maps + 0                symbol rxcnt ─▶ .maps + 0
 *   relocation ─▶ symbol rxcnt              the same
 *   relocation ─▶ maps + 20 (static)        relocation ─▶ symbol of the map at 20
 *   .BTF: none, or without definitions      .BTF: defines each map, section .maps
 * </pre>
 */
public final class LegacyUpgrade {
  /** Bytes of a map in {@code .maps}: room for all members of the largest definition. */
  private static final int SLOT = 8 * MapTypes.POINTER;

  /** The header counts up to here, and two sections may be added. */
  private static final int MOST_SECTIONS = ElfSymbol.FIRST_RESERVED - 2;

  private final ElfObject object;
  private final List<ElfSection> sections;
  private final List<List<LegacyMap>> maps;
  private final Map<Integer, Integer> places = new HashMap<>();

  private LegacyUpgrade(ElfObject object, List<ElfSection> sections) {
    this.object = object;
    this.sections = sections;
    this.maps = LegacyMaps.read(object, sections);
    for (List<LegacyMap> ofSection : maps) {
      ofSection.forEach(map -> places.put(map.symbol().index(), places.size() * SLOT));
    }
  }

  /**
   * What came out.
   *
   * @param file the new object
   * @param maps the names of the maps that were upgraded
   * @param pins the path of each map that the object wants pinned
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  public record Upgraded(byte[] file, List<String> maps, Map<String, String> pins) {}

  /**
   * Upgrades an object.
   *
   * @return null when there is nothing to upgrade
   * @throws io.github.bpf4j.error.BpfObjectFormatException when the maps cannot be understood
   */
  public static @Nullable Upgraded of(ElfObject object) {
    List<ElfSection> sections = LegacyMaps.sections(object);
    return sections.isEmpty() ? null : new LegacyUpgrade(object, sections).run();
  }

  private Upgraded run() {
    if (object.sections().size() > MOST_SECTIONS) {
      throw new Place(object.name(), "section table")
          .malformed(object.sections().size() + " sections", "room for those of the upgrade");
    }
    // An object may have maps of both kinds; then the old ones go behind the new ones.
    ElfSection present = object.section(MapsBtf.SECTION);
    if (present != null && present.type() != ElfSection.PROGBITS) {
      throw object
          .place(present)
          .malformed("a section of type " + present.type(), "of PROGBITS, as maps are");
    }
    int base = present == null ? 0 : Math.ceilDiv((int) present.size(), SLOT) * SLOT;
    ElfSection btf = object.section(Btf.SECTION);
    Set<String> names = new HashSet<>();
    sections.forEach(section -> names.add(section.name()));
    byte[] newBtf =
        new MapsBtf(btf == null ? null : Btf.parse(object, btf), object.order())
            .build(maps.stream().flatMap(List::stream).toList(), names, base, SLOT);
    ElfEditor editor = new ElfEditor(object);
    sections.forEach(editor::drop);
    if (btf != null) {
      editor.replace(btf, newBtf);
    } else {
      editor.add(Btf.SECTION, 0, newBtf);
      // Without types it meant nothing; to the new ones it would.
      object.sections().stream()
          .filter(section -> section.name().equals(BtfExt.SECTION))
          .forEach(editor::drop);
    }
    byte[] slots = new byte[base + places.size() * SLOT];
    int section;
    if (present == null) {
      section = editor.add(MapsBtf.SECTION, ElfSection.WRITE | ElfSection.ALLOC, slots);
    } else {
      object.data(present).get(slots, 0, (int) present.size());
      editor.replace(present, slots);
      section = present.index();
    }
    places.forEach((symbol, place) -> editor.move(symbol, section, base + place, SLOT));
    object.symbols().stream()
        .filter(symbol -> indexOf(symbol.section()) >= 0 && !places.containsKey(symbol.index()))
        .forEach(symbol -> editor.forget(symbol.index()));
    object.sections().stream()
        .filter(table -> table.type() == ElfSection.REL)
        .forEach(table -> nameMaps(table, editor));
    return new Upgraded(editor.write(), mapNames(), pins());
  }

  /** Lets references by section and offset, as to static maps, go by the maps' own symbols. */
  private void nameMaps(ElfSection table, ElfEditor editor) {
    ElfSection target = object.target(table);
    if (!target.isExecutable()) {
      return;
    }
    ElfRelocation[] relocations = object.relocations(table);
    for (int i = 0; i < relocations.length; i++) {
      ElfSymbol symbol = object.symbols().get(relocations[i].symbol());
      int section = indexOf(symbol.section());
      if (section >= 0 && !places.containsKey(symbol.index())) {
        long instruction = relocations[i].offset();
        ByteBuffer code = object.data(target);
        if (instruction > code.capacity() - 2 * Integer.BYTES) {
          throw object.place(target).malformed(instruction, "a part of an instruction", "8 bytes");
        }
        long offset = symbol.value() + code.getInt((int) instruction + Integer.BYTES);
        LegacyMap map = at(section, offset, object.place(target));
        editor.refer(table, i, map.symbol().index());
        editor.setInt(target, (int) instruction + Integer.BYTES, 0);
      }
    }
  }

  private int indexOf(int section) {
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i).index() == section) {
        return i;
      }
    }
    return -1;
  }

  private LegacyMap at(int section, long offset, Place place) {
    return maps.get(section).stream()
        .filter(map -> map.symbol().value() == offset)
        .findFirst()
        .orElseThrow(
            () ->
                place.malformed(
                    "it refers to offset " + offset + " of section " + sections.get(section).name(),
                    "to the start of a map"));
  }

  private List<String> mapNames() {
    return maps.stream().flatMap(List::stream).map(LegacyMap::name).toList();
  }

  private Map<String, String> pins() {
    Map<String, String> pins = new HashMap<>();
    for (List<LegacyMap> section : maps) {
      for (LegacyMap map : section) {
        String path = map.pinPath();
        if (path != null) {
          pins.put(map.name(), path);
        }
      }
    }
    return Map.copyOf(pins);
  }
}
