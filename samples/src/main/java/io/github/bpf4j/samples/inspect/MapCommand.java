package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.BpfMap;
import io.github.bpf4j.OwnedBpfMap;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.system.ObjectKind;
import io.github.bpf4j.uapi.MapInfo;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j map}: the maps in the kernel, whoever made them. */
public final class MapCommand {
  static final List<String> KEYS = List.of("id", "pinned", "name");
  static final String MAP = "MAP: id ID, pinned FILE, or name NAME.";
  static final String DATA =
      "DATA: bytes (1 0 0 0), hexadecimal after the word hex (hex 01 00), or one number for a whole"
          + " key or value of 2, 4 or 8 bytes.";

  private MapCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec show =
        Specs.command("show", "Prints maps: all, or those that are named.", MapCommand::show)
            .aliases("list");
    show.addPositional(
        Specs.words("MAP", "id ID, pinned FILE, or name NAME; all maps without it."));
    Surroundings.addOptions(show);
    CommandSpec group =
        Specs.group(
            "map",
            "The BPF maps in the kernel, whoever made them.",
            MapCommand::show,
            show,
            DumpCommand.spec(),
            LookupCommand.spec(),
            UpdateCommand.spec());
    Surroundings.addOptions(group);
    return group;
  }

  private static int show(ParseResult parsed) {
    Optional<Selector> selector = Selector.of(parsed, KEYS);
    List<MapInfo> found = selector.map(MapCommand::find).orElseGet(BpfSystem::maps);
    return Listing.print(parsed, "map", selector, found, new MapView(Surroundings.of(parsed)));
  }

  private static List<MapInfo> find(Selector selector) {
    return selector.key().equals("name")
        ? BpfSystem.maps().stream().filter(map -> map.name().equals(selector.value())).toList()
        : selector.ids(ObjectKind.MAP).stream().flatMap(id -> BpfSystem.map(id).stream()).toList();
  }

  /** Opens the one map that is meant. */
  static OwnedBpfMap open(String operation, Selector selector) {
    return BpfMap.openById(selector.one(operation, "map", find(selector)).id());
  }
}
