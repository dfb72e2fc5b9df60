package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.uapi.MapInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j map}: the maps in the kernel, whoever made them. */
public final class MapCommand {
  private static final Set<String> KEYS = new TreeSet<>(Set.of("id", "name"));

  private MapCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec show =
        Specs.command("show", "Prints maps: all, or those that are named.", MapCommand::show)
            .aliases("list");
    show.addPositional(Specs.words("MAP", "id ID or name NAME; all maps without it."));
    Output.addOptions(show);
    return Specs.group("map", "The BPF maps in the kernel, whoever made them.", show);
  }

  private static int show(ParseResult parsed) {
    Optional<Selector> selector =
        Selector.of(parsed, List.of(parsed.matchedPositionalValue(0, new String[0])), KEYS);
    List<MapInfo> found = selector.map(MapCommand::find).orElseGet(BpfSystem::maps);
    return Listing.print(parsed, "map", selector, found, new MapView(new Surroundings()));
  }

  private static List<MapInfo> find(Selector selector) {
    return switch (selector.key()) {
      case "id" -> BpfSystem.map(selector.id()).stream().toList();
      default ->
          BpfSystem.maps().stream().filter(map -> map.name().equals(selector.value())).toList();
    };
  }
}
