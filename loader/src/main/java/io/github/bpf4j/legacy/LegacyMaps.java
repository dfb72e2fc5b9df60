package io.github.bpf4j.legacy;

import io.github.bpf4j.elf.ElfObject;
import io.github.bpf4j.elf.ElfSection;
import io.github.bpf4j.elf.ElfSymbol;
import io.github.bpf4j.elf.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The maps of the sections {@code maps} and {@code maps/NAME}, as objects had them before BTF. */
final class LegacyMaps {
  private static final String SECTION = "maps";

  private LegacyMaps() {}

  static List<ElfSection> sections(ElfObject object) {
    return object.sections().stream().filter(LegacyMaps::holdsMaps).toList();
  }

  private static boolean holdsMaps(ElfSection section) {
    return section.type() == ElfSection.PROGBITS
        && section.size() > 0
        && (section.name().equals(SECTION) || section.name().startsWith(SECTION + "/"));
  }

  /** The maps of each of the sections, in the order of their places. */
  static List<List<LegacyMap>> read(ElfObject object, List<ElfSection> sections) {
    List<List<LegacyMap>> maps = sections.stream().map(section -> read(object, section)).toList();
    List<LegacyMap> all = maps.stream().flatMap(List::stream).toList();
    for (LegacyMap map : all) {
      checkInner(map, all, object.place(object.section(map.symbol().section())));
    }
    return maps;
  }

  private static List<LegacyMap> read(ElfObject object, ElfSection section) {
    Place place = object.place(section);
    List<ElfSymbol> symbols =
        object.symbols().stream()
            .filter(symbol -> symbol.section() == section.index() && names(symbol))
            .sorted(Comparator.comparingLong(ElfSymbol::value))
            .toList();
    if (symbols.isEmpty()) {
      throw place.malformed("no symbol names a map in it", "a symbol for each map");
    }
    List<LegacyMap> maps = new ArrayList<>();
    ByteBuffer data = object.data(section);
    int size = definitionSize(section, symbols, place);
    long end = 0;
    for (ElfSymbol symbol : symbols) {
      if (symbol.value() < end || symbol.value() + size > section.size()) {
        throw place.malformed(
            symbol.value(),
            "map " + symbol.name() + " of " + size + " bytes starts here",
            "behind the map before it and inside the section");
      }
      end = symbol.value() + size;
      ByteBuffer definition = data.slice((int) symbol.value(), size).order(data.order());
      maps.add(MapDefinition.read(definition, symbol, place));
    }
    return maps;
  }

  /**
   * Definitions of a section are of one size, as loaders always had it: the symbols', or where they
   * have none, that of an equal share.
   */
  private static int definitionSize(ElfSection section, List<ElfSymbol> symbols, Place place) {
    long size = symbols.getFirst().size();
    boolean told = size > 0 && symbols.stream().allMatch(symbol -> symbol.size() == size);
    long share = section.size() / symbols.size();
    if (!told && share * symbols.size() != section.size()) {
      throw place.malformed(
          symbols.size() + " maps in " + section.size() + " bytes", "definitions of one size");
    }
    long bytes = told ? size : share;
    if (bytes < MapDefinition.SMALLEST || bytes % Integer.BYTES != 0) {
      throw place.malformed(
          "map definitions of " + bytes + " bytes",
          "of a multiple of 4 and at least " + MapDefinition.SMALLEST);
    }
    return (int) bytes;
  }

  private static void checkInner(LegacyMap map, List<LegacyMap> maps, Place place) {
    int inner = map.inner();
    if (inner != LegacyMap.NONE
        && (inner < 0 || inner >= maps.size() || maps.get(inner).inner() != LegacyMap.NONE)) {
      throw place.malformed(
          map.symbol().value(),
          "the values of map " + map.name() + " are to look like map number " + inner,
          "one of the " + maps.size() + " maps there are that holds no maps itself");
    }
  }

  private static boolean names(ElfSymbol symbol) {
    return (symbol.type() == ElfSymbol.OBJECT || symbol.type() == ElfSymbol.NOTYPE)
        && !symbol.name().isEmpty();
  }
}
