package io.github.bpf4j.samples.attach;

import io.github.bpf4j.Xdp;
import io.github.bpf4j.attach.AttachedProgram;
import io.github.bpf4j.attach.AttachedProgram.LoadedBy;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.net.NetworkDevice;
import io.github.bpf4j.samples.cli.CommandFailedException;
import io.github.bpf4j.samples.cli.Launcher;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The way out of a refusal in words of this command line: the library speaks of its methods. */
public final class Refusal {
  private Refusal() {}

  /**
   * What was tried.
   *
   * @param link whether by a {@code bpf_link}
   * @param option the command's option for a mode
   * @param deed what the program was to do there, such as {@code "count"}
   */
  public record Attempt(
      NetworkDevice device,
      XdpMode mode,
      boolean link,
      Function<XdpMode, String> option,
      String deed) {}

  /** What to throw instead. */
  public static RuntimeException of(BpfException refused, Attempt attempt) {
    return wayOut(refused, attempt)
        .<RuntimeException>map(
            words -> new CommandFailedException(refused.sentence(words), refused))
        .orElse(refused);
  }

  private static Optional<String> wayOut(BpfException refused, Attempt attempt) {
    int errno = refused.errno().orElse(0);
    String skb = attempt.option.apply(XdpMode.SKB);
    if (refused instanceof BpfUnsupportedException
        && (errno == Errno.EOPNOTSUPP || errno == Errno.EINVAL)) {
      return switch (attempt.mode) {
        case NATIVE -> Optional.of("try skb mode, which every device has: " + skb);
        case HW ->
            Optional.of(
                "try native mode, "
                    + attempt.option.apply(XdpMode.NATIVE)
                    + ", or skb mode, "
                    + skb);
        case SKB -> Optional.empty();
      };
    }
    if (errno == Errno.ERANGE) {
      return Optional.of(
          "lower the MTU, take a program of SEC(\"xdp.frags\"), or skb mode: " + skb);
    }
    if (errno != Errno.EBUSY && errno != Errno.EEXIST) {
      return Optional.empty();
    }
    List<XdpAttachment> others = Xdp.query(attempt.device);
    return others.stream()
        .filter(other -> other.mode() == attempt.mode)
        .findFirst()
        .or(() -> others.stream().findFirst())
        .map(other -> wayOut(other, attempt));
  }

  private static String wayOut(XdpAttachment other, Attempt attempt) {
    AttachedProgram program = other.program();
    if (program.info().isEmpty()) {
      return "root would be told whose it is; -F replaces it unless a bpf_link holds it";
    }
    if (program.linkId().isPresent()) {
      return "a bpf_link cannot be replaced: "
          + Removal.endOfLink(program.linkId().getAsInt())
          + ", or detach it by: "
          + Launcher.command()
          + " detach -F "
          + other.device();
    }
    String removal = removal(other);
    if (other.mode() != attempt.mode) {
      return "a device runs one mode at a time: remove that program by "
          + removal
          + ", or "
          + attempt.deed
          + " in "
          + other.mode()
          + " mode too: "
          + attempt.option.apply(other.mode())
          + " -F";
    }
    if (attempt.link) {
      return "--link cannot take a program's place: remove that program first by " + removal;
    }
    return program.loadedBy().filter(Refusal::isGivenUp).isPresent()
        ? removal + " removes it, -F replaces it"
        : "-F replaces it";
  }

  private static boolean isGivenUp(LoadedBy owner) {
    return owner.leftBehind() || owner.onPurpose();
  }

  private static String removal(XdpAttachment other) {
    Optional<LoadedBy> owner = other.program().loadedBy();
    String command =
        owner.filter(LoadedBy::onPurpose).isPresent()
            ? "unload "
            : owner.filter(LoadedBy::leftBehind).isPresent() ? "detach " : "detach -F ";
    return Launcher.command() + " " + command + other.device();
  }
}
