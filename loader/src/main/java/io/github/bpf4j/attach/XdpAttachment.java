package io.github.bpf4j.attach;

import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.uapi.ProgramInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A program that is on the XDP hook of a device, whoever put it there; {@code Xdp.query} finds it.
 *
 * @param device the device
 * @param mode who runs the program
 * @param programId its id
 * @param program what the kernel says of it; empty without CAP_SYS_ADMIN, or when it is gone since
 * @param linkId the {@code bpf_link} that holds it, empty when netlink attached it, or when {@code
 *     program} is empty and nothing can be told
 * @param loadedBy the process of bpf4j that loaded it, where it is one
 * @param holders processes that have the program open
 */
public record XdpAttachment(
    NetworkDevice device,
    XdpMode mode,
    int programId,
    Optional<ProgramInfo> program,
    OptionalInt linkId,
    Optional<LoadedBy> loadedBy,
    List<Holder> holders) {

  public XdpAttachment {
    holders = List.copyOf(holders);
  }

  /**
   * A process of bpf4j.
   *
   * @param pid its pid
   * @param running whether that very process still runs
   */
  public record LoadedBy(long pid, boolean running) {}

  /**
   * A process that has the program open.
   *
   * @param pid its pid
   * @param command its name, at most 15 characters
   */
  public record Holder(long pid, String command) {
    @Override
    public String toString() {
      return command + " (pid " + pid + ")";
    }
  }

  /**
   * One line for an operator, such as {@code "program 42 xdp_prog1 (tag 3b185187f1855c4c, native
   * mode, by netlink, uid 0, held by java (pid 311))"}.
   */
  public String describe() {
    StringBuilder text = new StringBuilder("program ").append(programId);
    program.ifPresent(info -> text.append(' ').append(info.name()));
    text.append(" (");
    program.ifPresent(info -> text.append("tag ").append(info.tag()).append(", "));
    text.append(mode).append(" mode, ");
    text.append(
        program.isEmpty()
            ? "owner unknown without CAP_SYS_ADMIN"
            : linkId.isPresent() ? "by bpf_link " + linkId.getAsInt() : "by netlink");
    program.ifPresent(info -> text.append(", loaded by uid ").append(info.uid()));
    if (!holders.isEmpty()) {
      text.append(", held by ")
          .append(String.join(", ", holders.stream().map(Holder::toString).toList()));
    }
    loadedBy
        .filter(owner -> !owner.running())
        .ifPresent(owner -> text.append(", left by bpf4j process ").append(owner.pid()));
    return text.append(')').toString();
  }
}
