package io.github.bpf4j.samples.inspect;

import io.github.bpf4j.samples.cli.ExitCode;
import io.github.bpf4j.samples.cli.Output;
import io.github.bpf4j.samples.cli.Specs;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.system.ObjectKind;
import io.github.bpf4j.uapi.LinkInfo;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code bpf4j link}: the links in the kernel, whoever made them. */
public final class LinkCommand {
  private static final List<String> KEYS = List.of("id", "pinned");

  private LinkCommand() {}

  /** The command for picocli. */
  public static CommandSpec spec() {
    CommandSpec show =
        Specs.command("show", "Prints links: all, or the one that is named.", LinkCommand::show)
            .aliases("list");
    show.addPositional(Specs.words("LINK", "id ID or pinned FILE; all links without it."));
    Surroundings.addOptions(show);
    CommandSpec detach =
        Specs.command(
            "detach",
            "Takes a link's program off its hook, whoever holds the link. The link itself stays"
                + " until it is closed and its pins are removed.",
            LinkCommand::detach);
    detach.addPositional(Specs.words("LINK", "id ID or pinned FILE."));
    Output.addOptions(detach);
    CommandSpec group =
        Specs.group(
            "link",
            "The BPF links in the kernel, whoever made them.",
            LinkCommand::show,
            show,
            detach);
    Surroundings.addOptions(group);
    return group;
  }

  private static int show(ParseResult parsed) {
    Optional<Selector> selector = Selector.of(parsed, KEYS);
    List<LinkInfo> found = selector.map(LinkCommand::find).orElseGet(BpfSystem::links);
    return Listing.print(parsed, "link", selector, found, new LinkView(Surroundings.of(parsed)));
  }

  private static int detach(ParseResult parsed) {
    Selector selector = Selector.required(parsed, KEYS);
    LinkInfo link = selector.one("detach", "link", find(selector));
    String name =
        "link " + link.id() + " (" + Words.of(link.type()) + ", program " + link.programId() + ")";
    boolean detached = BpfSystem.detachLink(link.id());
    if (Output.isJson(parsed)) {
      Output.json(
          parsed,
          json -> {
            json.writeStartObject();
            json.writeNumberField("id", link.id());
            json.writeBooleanField("detached", detached);
            json.writeEndObject();
          });
    } else {
      System.err.println(
          detached ? "bpf4j: detached " + name : "bpf4j: " + name + " was detached already");
    }
    return ExitCode.DONE;
  }

  private static List<LinkInfo> find(Selector selector) {
    return selector.ids(ObjectKind.LINK).stream()
        .flatMap(id -> BpfSystem.link(id).stream())
        .toList();
  }
}
