package io.github.bpf4j.attach;

import io.github.bpf4j.system.Holder;
import io.github.bpf4j.uapi.ProgramInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A program that is on a hook, whoever put it there, as far as this process may know.
 *
 * @param id its id
 * @param info what the kernel says of it; empty without CAP_SYS_ADMIN, or when it is gone since
 * @param linkId the {@code bpf_link} that holds it; empty when none does, or when {@code info} is
 *     empty and nothing can be told
 * @param loadedBy the process of bpf4j that loaded it, where it is one
 * @param holders processes that have the program open
 */
public record AttachedProgram(
    int id,
    Optional<ProgramInfo> info,
    OptionalInt linkId,
    Optional<LoadedBy> loadedBy,
    List<Holder> holders) {

  public AttachedProgram {
    holders = List.copyOf(holders);
  }

  /**
   * A process of bpf4j.
   *
   * @param pid its pid
   * @param running whether that very process still runs
   * @param onPurpose whether it gave the program up ({@code BpfLink.leaveAttached}), so that it is
   *     to stay
   */
  public record LoadedBy(long pid, boolean running, boolean onPurpose) {
    /** Whether a process left it that had not said that it should stay: one that was killed. */
    public boolean leftBehind() {
      return !running && !onPurpose;
    }
  }

  /**
   * One line for an operator, such as {@code "program 42 xdp_prog1 (tag 3b185187f1855c4c, native
   * mode, by netlink, loaded by uid 0, held by java (pid 311))"}.
   *
   * @param how what the hook itself has to say, such as {@code "native mode"}; may be empty
   * @param withoutLink what holds the program when no {@code bpf_link} does, such as {@code
   *     "netlink"}
   */
  public String describe(String how, String withoutLink) {
    StringBuilder text = new StringBuilder("program ").append(id);
    info.ifPresent(program -> text.append(' ').append(program.name()));
    text.append(" (");
    info.ifPresent(program -> text.append("tag ").append(program.tag()).append(", "));
    if (!how.isEmpty()) {
      text.append(how).append(", ");
    }
    if (linkId.isPresent()) {
      text.append("by bpf_link ").append(linkId.getAsInt());
    } else {
      text.append(info.isEmpty() ? "owner unknown without CAP_SYS_ADMIN" : "by " + withoutLink);
    }
    info.ifPresent(program -> text.append(", loaded by uid ").append(program.uid()));
    if (!holders.isEmpty()) {
      text.append(", held by ")
          .append(String.join(", ", holders.stream().map(Holder::toString).toList()));
    }
    loadedBy
        .filter(owner -> !owner.running() || owner.onPurpose())
        .ifPresent(
            owner ->
                text.append(owner.onPurpose() ? ", left on purpose" : ", left")
                    .append(" by bpf4j process ")
                    .append(owner.pid()));
    return text.append(')').toString();
  }
}
