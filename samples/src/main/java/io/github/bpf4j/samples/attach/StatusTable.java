package io.github.bpf4j.samples.attach;

import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.AttachedProgram.LoadedBy;
import io.github.bpf4j.attach.DeviceState;
import io.github.bpf4j.attach.TcAttachment;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.system.BpfSystem;
import io.github.bpf4j.system.Holder;
import io.github.bpf4j.uapi.ProgramInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is on interfaces, as a table with a line for each program.
 *
 * <pre>
 * Interface        Hook            Program name      Mode    ID      Tag               Owner
 * lo               -
 * eth0             xdp             xdp_prog1         native  42      3b185187f1855c4c  bpf4j, on purpose
 *                  tcx/ingress     filter                    47      57cd311f2e27366b  bpf_link 9, agent (pid 811)
 * </pre>
 */
final class StatusTable {
  private final StringBuilder text;
  private String device = "";

  private StatusTable(StringBuilder text) {
    this.text = text;
  }

  static void write(StringBuilder text, List<DeviceState> states) {
    StatusTable table = new StatusTable(text);
    table.row("Interface", "Hook", "Program name", "Mode", "ID", "Tag", "Owner");
    states.forEach(table::add);
  }

  private void add(DeviceState state) {
    device = state.device().name();
    if (state.isFree()) {
      row(device, "-", "", "", "", "", "");
    }
    for (XdpAttachment attachment : state.xdp()) {
      add("xdp", attachment.mode().toString(), attachment.program());
    }
    state
        .shared()
        .forEach(
            (hook, programs) ->
                programs.programs().forEach(program -> add(AttachedJson.kind(hook), "", program)));
    for (TcAttachment attachment : state.tc()) {
      add(AttachedJson.kind(attachment), "", attachment.program());
    }
  }

  private void add(String hook, String mode, AttachedProgram program) {
    row(
        device,
        hook,
        program.info().map(BpfSystem::fullName).orElse("?"),
        mode,
        Integer.toString(program.id()),
        program.info().map(ProgramInfo::tag).orElse("?"),
        owner(program));
    device = "";
  }

  private void row(Object... cells) {
    text.append("%-16s %-15s %-17s %-7s %-7s %-17s %s".formatted(cells).stripTrailing())
        .append('\n');
  }

  /** Who could be asked about it. */
  static String owner(AttachedProgram program) {
    if (program.info().isEmpty()) {
      return "? (needs CAP_SYS_ADMIN)";
    }
    List<String> words = new ArrayList<>();
    program.linkId().ifPresent(link -> words.add("bpf_link " + link));
    program.loadedBy().ifPresent(owner -> words.add(bpf4j(owner)));
    if (!program.holders().isEmpty()) {
      words.add(program.holders().stream().map(Holder::toString).collect(Collectors.joining(", ")));
    }
    if (words.isEmpty()) {
      words.add("uid " + Integer.toUnsignedString(program.info().get().uid()));
    }
    return String.join(", ", words);
  }

  private static String bpf4j(LoadedBy owner) {
    if (owner.onPurpose()) {
      return "bpf4j, on purpose";
    }
    return owner.running() ? "bpf4j" : "bpf4j, left by process " + owner.pid();
  }
}
