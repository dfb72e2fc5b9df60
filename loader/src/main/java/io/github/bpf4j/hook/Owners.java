package io.github.bpf4j.hook;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.AttachedProgram.LoadedBy;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.LinkInfos;
import io.github.bpf4j.libbpf.OwnerMark;
import io.github.bpf4j.system.Holders;
import io.github.bpf4j.system.ObjectKind;
import io.github.bpf4j.uapi.LinkInfo;
import io.github.bpf4j.uapi.ProgramInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose the programs are that stand on hooks. One of these looks through all processes
 * and all links once, however many programs it is asked about.
 *
 * <p>Thread safety: one thread at a time.
 */
final class Owners {
  private @Nullable Holders holders;
  private @Nullable List<LinkInfo> links;

  /** A program whose link, if any, the hook itself tells of. */
  AttachedProgram of(int programId, int linkId) {
    return of(programId, () -> linkId == 0 ? OptionalInt.empty() : OptionalInt.of(linkId));
  }

  /** A program whose link has to be looked for among all links of the system. */
  AttachedProgram of(int programId, Predicate<LinkInfo> isItsLink) {
    return of(
        programId,
        () ->
            links().stream()
                .filter(link -> link.programId() == programId && isItsLink.test(link))
                .mapToInt(LinkInfo::id)
                .findFirst());
  }

  private AttachedProgram of(int programId, Supplier<OptionalInt> link) {
    Optional<ProgramInfo> info;
    OptionalInt linkId;
    try {
      info = KernelObjects.openProgram(programId).map(Owners::info);
      linkId = link.get();
    } catch (BpfException e) {
      // Without CAP_SYS_ADMIN the id is all that can be told.
      info = Optional.empty();
      linkId = OptionalInt.empty();
    }
    Optional<LoadedBy> owner =
        info.flatMap(OwnerMark::of)
            .map(
                process ->
                    new LoadedBy(process.pid(), Processes.isRunning(process), process.left()));
    return new AttachedProgram(
        programId, info, linkId, owner, holders().of(ObjectKind.PROGRAM, programId));
  }

  private List<LinkInfo> links() {
    List<LinkInfo> all = links;
    if (all == null) {
      all = LinkInfos.all();
      links = all;
    }
    return all;
  }

  private Holders holders() {
    Holders all = holders;
    if (all == null) {
      all = Holders.find();
      holders = all;
    }
    return all;
  }

  /** The exception for a program that is to be detached and that only its link's owner can. */
  static BpfException heldByLink(String subject, AttachedProgram program) {
    return new BpfException(
        Failure.of("detach", subject, Errno.EBUSY)
            .because("a bpf_link holds it")
            .hint(
                "end its owner, or BpfSystem.detachLink(" + program.linkId().orElseThrow() + ")"));
  }

  private static ProgramInfo info(Fd program) {
    try (program) {
      return KernelObjects.programInfo(program.number());
    }
  }
}
