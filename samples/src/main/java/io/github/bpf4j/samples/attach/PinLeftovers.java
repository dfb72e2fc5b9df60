package io.github.bpf4j.samples.attach;

import io.github.bpf4j.Links;
import io.github.bpf4j.attach.AttachedProgram.LoadedBy;
import io.github.bpf4j.attach.LinkAttachment;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.system.Holders;
import io.github.bpf4j.system.ObjectKind;
import io.github.bpf4j.system.PinnedPaths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Links that a process of bpf4j pinned: those that hold nothing any more, and those of a process
 * that was killed. A pin is a wish that something should stay, so these take a word to go. Maps
 * bear no mark, so that the names of theirs are never touched.
 */
final class PinLeftovers {
  private final PinnedPaths pins = PinnedPaths.find();
  private final Holders holders = Holders.find();
  private final boolean all;

  private PinLeftovers(boolean all) {
    this.all = all;
  }

  /**
   * Looks for them, and for folders.
   *
   * @param all whether also those are to go that still hold a program
   */
  static List<Leftover> find(boolean all) {
    PinLeftovers leftovers = new PinLeftovers(all);
    List<Leftover> found = new ArrayList<>();
    for (LinkAttachment attachment : Links.query()) {
      List<Path> paths = leftovers.pins.of(ObjectKind.LINK, attachment.link().id());
      boolean isOver = !attachment.link().target().isThere();
      Optional<LoadedBy> owner = attachment.program().loadedBy();
      if (!paths.isEmpty()
          && owner.isPresent()
          && (isOver ? !owner.get().running() : owner.get().leftBehind())) {
        found.add(leftovers.link(attachment, paths, isOver));
      }
    }
    if (all) {
      PinFolders.empty().forEach(folder -> found.add(folder(folder)));
    }
    return found;
  }

  private Leftover link(LinkAttachment attachment, List<Path> paths, boolean isOver) {
    int id = attachment.link().id();
    return new Leftover(
        attachment.describe() + ", pinned at " + join(paths),
        json -> {
          json.writeStringField("kind", "link");
          AttachedJson.program(json, attachment.program());
          json.writeArrayFieldStart("pinned");
          for (Path path : paths) {
            json.writeString(path.toString());
          }
          json.writeEndArray();
        },
        holders.of(ObjectKind.LINK, id).stream()
            .findFirst()
            .map(holder -> "a process still holds it: " + holder)
            .or(
                () ->
                    all || isOver
                        ? Optional.empty()
                        : Optional.of("it is pinned, and at work; --pinned removes it")),
        () -> remove(id, paths));
  }

  private static boolean remove(int id, List<Path> paths) {
    boolean removed = false;
    try {
      removed = BpfSystem.detachLink(id);
    } catch (BpfUnsupportedException e) {
      removed = true; // it goes with its names
    }
    for (Path path : paths) {
      if (PinnedPaths.idAt(path, ObjectKind.LINK).equals(Optional.of(id))) {
        removed |= PinFolders.delete(path);
      }
    }
    return removed;
  }

  private static Leftover folder(Path folder) {
    return new Leftover(
        "empty folder " + folder,
        json -> {
          json.writeStringField("kind", "folder");
          json.writeStringField("path", folder.toString());
        },
        Optional.empty(),
        () -> PinFolders.delete(folder));
  }

  private static String join(List<Path> paths) {
    return String.join(" and ", paths.stream().map(Path::toString).toList());
  }
}
