package io.github.bpf4j.samples.attach;

import io.github.bpf4j.Xdp;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.AttachedProgram.LoadedBy;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.system.Holder;
import io.github.bpf4j.system.Holders;
import io.github.bpf4j.system.ObjectKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Taking a program off the XDP hook, and what speaks against it. */
final class Removal {
  private Removal() {}

  /**
   * Removes exactly this program, whosever it is.
   *
   * @return false when it was gone already
   */
  static boolean remove(XdpAttachment attachment) {
    OptionalInt link = attachment.program().linkId();
    return link.isPresent() ? BpfSystem.detachLink(link.getAsInt()) : Xdp.detach(attachment);
  }

  /**
   * Removes what nobody speaks against.
   *
   * @param verb such as {@code "detach"}
   * @param force the option that does it all the same, in words
   */
  static void require(
      String verb, XdpAttachment attachment, Optional<String> objection, String force) {
    objection.ifPresent(
        reason -> {
          throw new CommandFailedException(
              "cannot "
                  + verb
                  + " "
                  + attachment.describe()
                  + " from "
                  + attachment.device()
                  + ": "
                  + reason
                  // Who cannot even be told the owner may not remove it either.
                  + (attachment.program().info().isEmpty() ? "" : "; " + force));
        });
  }

  /** Why a program is not what a killed process of bpf4j left behind. */
  static Optional<String> notLeftBehind(AttachedProgram program, String unload) {
    return notOurs(program)
        .or(
            () ->
                program
                    .loadedBy()
                    .filter(LoadedBy::onPurpose)
                    .map(_ -> "it was left on purpose: " + unload + " removes it"))
        .or(() -> inUse(program));
  }

  /** Why a program is none that bpf4j loaded and gave up, on purpose or not. */
  static Optional<String> notGivenUp(AttachedProgram program) {
    boolean onPurpose = program.loadedBy().filter(LoadedBy::onPurpose).isPresent();
    return notOurs(program).or(() -> onPurpose ? Optional.empty() : inUse(program));
  }

  private static Optional<String> notOurs(AttachedProgram program) {
    if (program.info().isEmpty()) {
      return Optional.of("who loaded it cannot be told without CAP_SYS_ADMIN: run as root");
    }
    if (program.linkId().isPresent()) {
      int link = program.linkId().getAsInt();
      return Optional.of("bpf_link " + link + " holds it: " + endOfLink(link));
    }
    return program.loadedBy().isPresent() ? Optional.empty() : Optional.of("bpf4j did not load it");
  }

  private static Optional<String> inUse(AttachedProgram program) {
    return program
        .loadedBy()
        .filter(LoadedBy::running)
        .map(owner -> "its bpf4j process still runs: end it by kill " + owner.pid())
        .or(
            () ->
                program.holders().stream()
                    .findFirst()
                    .map(holder -> "a process still holds it: end " + holder));
  }

  /** What ends a link. */
  static String endOfLink(int link) {
    List<Holder> holders = Holders.find().of(ObjectKind.LINK, link);
    return holders.isEmpty()
        ? "remove its pins in bpffs"
        : "end "
            + holders.stream().map(Holder::toString).collect(Collectors.joining(" and "))
            + ", with which it goes";
  }
}
