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

  /** All maps of one section, in the order of their places. */
  static List<LegacyMap> read(ElfObject object, ElfSection section) {
    Place place = object.place(section);
    List<ElfSymbol> symbols =
        object.symbols().stream()
            .filter(symbol -> symbol.section() == section.index() && names(symbol))
            .sorted(Comparator.comparingLong(ElfSymbol::value))
            .toList();
    if (symbols.isEmpty()) {
      throw place.malformed("no symbol names a map in it", "a symbol for each map");
    }
    // All definitions of a section are of one size, as loaders always had it.
    long size = section.size() / symbols.size();
    if (size * symbols.size() != section.size()
        || size < MapDefinition.SMALLEST
        || size % Integer.BYTES != 0) {
      throw place.malformed(
          symbols.size() + " maps in " + section.size() + " bytes",
          "definitions of one size, a multiple of 4 and at least " + MapDefinition.SMALLEST);
    }
    return definitions(object.data(section), symbols, (int) size, place);
  }

  private static void checkInner(LegacyMap map, List<LegacyMap> maps, Place place) {
    int inner = map.inner();
    if (inner != LegacyMap.NONE
        && (inner < 0 || inner >= maps.size() || maps.get(inner).inner() != LegacyMap.NONE)) {
      throw place.malformed(
          map.symbol().value(),
          "the values of map " + map.name() + " are to look like map number " + inner,
          "one of the " + maps.size() + " maps here that holds no maps itself");
    }
  }

  private static boolean names(ElfSymbol symbol) {
    return (symbol.type() == ElfSymbol.OBJECT || symbol.type() == ElfSymbol.NOTYPE)
        && !symbol.name().isEmpty();
  }

  private static List<LegacyMap> definitions(
      ByteBuffer data, List<ElfSymbol> symbols, int size, Place place) {
    List<LegacyMap> maps = new ArrayList<>();
    for (ElfSymbol symbol : symbols) {
      int expected = maps.size() * size;
      if (symbol.value() != expected) {
        throw place.malformed(
            symbol.value(), "map " + symbol.name() + " starts here", "at " + expected);
      }
      ByteBuffer definition = data.slice(expected, size).order(data.order());
      maps.add(MapDefinition.read(definition, symbol, place));
    }
    maps.forEach(map -> checkInner(map, maps, place));
    return maps;
  }
}
