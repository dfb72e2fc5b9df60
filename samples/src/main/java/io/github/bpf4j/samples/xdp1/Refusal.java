package io.github.bpf4j.samples.xdp1;

import io.github.bpf4j.OpenOptions.Legacy;
import io.github.bpf4j.Xdp;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.Launcher;
import io.github.bpf4j.system.Holder;
import io.github.bpf4j.system.Holders;
import io.github.bpf4j.system.ObjectKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The way out of a refusal in words of this command line: the library speaks of its methods. */
final class Refusal {
  private Refusal() {}

  static RuntimeException of(BpfException refused, Xdp1Options options) {
    return wayOut(refused, options)
        .<RuntimeException>map(
            words -> new CommandFailedException(refused.sentence(words), refused))
        .orElse(refused);
  }

  private static Optional<String> wayOut(BpfException refused, Xdp1Options options) {
    int errno = refused.errno().orElse(0);
    if (refused instanceof BpfUnsupportedException
        && (errno == Errno.EOPNOTSUPP || errno == Errno.EINVAL)) {
      return switch (options.mode()) {
        case NATIVE -> Optional.of("try skb mode, which every device has: -S");
        case HW -> Optional.of("try native mode, -N, or skb mode, -S");
        case SKB -> Optional.empty();
      };
    }
    if (options.legacy() == Legacy.REFUSE && refused.operation().equals("open")) {
      return Optional.of("without --no-upgrade an object of before libbpf 1.0 is upgraded");
    }
    if (errno == Errno.ERANGE) {
      return Optional.of("lower the MTU, take a program of SEC(\"xdp.frags\"), or skb mode: -S");
    }
    if (errno != Errno.EBUSY && errno != Errno.EEXIST) {
      return Optional.empty();
    }
    List<XdpAttachment> others = Xdp.query(NetworkDevice.of(options.device()));
    return others.stream()
        .filter(other -> other.mode() == options.mode())
        .findFirst()
        .or(() -> others.stream().findFirst())
        .map(other -> wayOut(other, options));
  }

  private static String wayOut(XdpAttachment other, Xdp1Options options) {
    AttachedProgram program = other.program();
    if (program.info().isEmpty()) {
      return "root would be told whose it is; -F replaces it unless a bpf_link holds it";
    }
    if (program.linkId().isPresent()) {
      return "a bpf_link cannot be replaced: "
          + endOfLink(program.linkId().getAsInt())
          + ", or detach it by: "
          + Launcher.command()
          + " detach -F "
          + other.device();
    }
    boolean left = program.loadedBy().isPresent() && !program.loadedBy().get().running();
    String detach = Launcher.command() + " detach " + (left ? "" : "-F ") + other.device();
    if (other.mode() != options.mode()) {
      return "a device runs one mode at a time: remove that program by "
          + detach
          + ", or count in "
          + other.mode()
          + " mode too: "
          + option(other.mode())
          + " -F";
    }
    if (options.link()) {
      return "--link cannot take a program's place: remove that program first by " + detach;
    }
    return left ? detach + " removes it, -F replaces it" : "-F replaces it";
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

  private static String option(XdpMode mode) {
    return switch (mode) {
      case NATIVE -> "-N";
      case SKB -> "-S";
      case HW -> "--hw-mode";
    };
  }
}
