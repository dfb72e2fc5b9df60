package io.github.bpf4j.hook;

import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.attach.XdpAttachment;
import io.github.bpf4j.attach.XdpMode;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.BpfUnsupportedException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.Results;
import io.github.bpf4j.net.NetworkDevice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says why the XDP hook refused, and names the owner when it is taken. */
final class XdpFailure {
  private static final String KERNEL_SAID = "Kernel error message: ";

  private XdpFailure() {}

  static BpfException attaching(String program, XdpAttachPoint point, int errno) {
    String subject = program + " to " + point;
    // First of all: asking the kernel more makes libbpf forget what it said.
    BpfException plain = Results.failed("attach", subject, errno);
    if (errno == Errno.ENODEV) {
      return gone("attach", subject, point.device());
    }
    if (errno == Errno.EBUSY || errno == Errno.EEXIST) {
      List<XdpAttachment> others = XdpHook.query(point.device());
      if (!others.isEmpty()) {
        XdpAttachment nearest =
            others.stream()
                .filter(other -> other.mode() == point.mode())
                .findFirst()
                .orElse(others.getFirst());
        return taken(subject, point, nearest, errno);
      }
      if (point.replaced().isPresent()) {
        return new BpfException(
            Failure.of("attach", subject, errno)
                .because(
                    "program "
                        + point.replaced().getAsInt()
                        + ", which it was to replace, is not on "
                        + point.device()
                        + ": nothing is"));
      }
    }
    if (errno == Errno.EOPNOTSUPP || (errno == Errno.EINVAL && point.mode() == XdpMode.HW)) {
      return unsupported(subject, point, errno, plain);
    }
    return explained(plain, "attach", subject, errno, wayOut(errno));
  }

  private static @Nullable String wayOut(int errno) {
    return errno == Errno.ERANGE
        ? "lower the MTU, take a program of SEC(\"xdp.frags\"), or skb mode: XdpMode.SKB"
        : null;
  }

  /** The kernel's own words, where it had some. */
  private static Optional<String> kernelSaid(BpfException plain) {
    return plain.log().stream()
        .filter(line -> line.startsWith(KERNEL_SAID))
        .map(line -> line.substring(KERNEL_SAID.length()))
        .findFirst();
  }

  private static BpfException explained(
      BpfException plain, String operation, String subject, int errno, @Nullable String hint) {
    return kernelSaid(plain)
        .map(
            words ->
                new BpfException(
                    Failure.of(operation, subject, errno)
                        .because(words)
                        .log(plain.log())
                        .hint(hint)))
        .orElse(plain);
  }

  private static BpfException taken(
      String subject, XdpAttachPoint point, XdpAttachment other, int errno) {
    Failure failure =
        Failure.of("attach", subject, errno)
            .because(point.device() + " already has " + other.describe());
    return new BpfException(failure.hint(wayOut(point, other)));
  }

  private static String wayOut(XdpAttachPoint point, XdpAttachment other) {
    if (other.program().info().isEmpty()) {
      return "CAP_SYS_ADMIN would tell whose it is; replacingAny() replaces it unless a bpf_link"
          + " holds it";
    }
    if (other.program().linkId().isPresent()) {
      return "a bpf_link cannot be replaced: end its owner, or BpfSystem.detachLink("
          + other.program().linkId().getAsInt()
          + ")";
    }
    if (other.mode() != point.mode()) {
      return "a device runs one mode at a time: detach that program first, or attach in "
          + other.mode()
          + " mode";
    }
    if (point.via() == XdpAttachPoint.Via.LINK) {
      return "a bpf_link cannot take a program's place: detach that program first";
    }
    if (point.replaced().isPresent()) {
      return "only program " + point.replaced().getAsInt() + " was to be replaced";
    }
    return point.replacesAny()
        ? "it changes faster than it can be replaced: try again"
        : "replacingAny() replaces it";
  }

  private static BpfException unsupported(
      String subject, XdpAttachPoint point, int errno, BpfException plain) {
    String words =
        kernelSaid(plain)
            .filter(said -> !said.startsWith("Underlying driver does not support XDP"))
            .orElse(
                "the driver of "
                    + point.device()
                    + " does not support XDP in "
                    + point.mode()
                    + " mode");
    return new BpfUnsupportedException(
        Failure.of("attach", subject, errno)
            .because(words)
            .log(plain.log())
            .hint(
                point.mode() == XdpMode.SKB
                    ? null
                    : "try skb mode, which every device has: XdpMode.SKB"));
  }

  static BpfException querying(NetworkDevice device, int errno) {
    return errno == Errno.ENODEV
        ? gone("query", "XDP on " + device, device)
        : Results.failed("query", "XDP on " + device, errno);
  }

  static BpfException detaching(NetworkDevice device, int errno) {
    String subject = "XDP from " + device;
    return explained(Results.failed("detach", subject, errno), "detach", subject, errno, null);
  }

  static BpfException heldByLink(XdpAttachment found) {
    return Owners.heldByLink(found.describe() + " from " + found.device(), found.program());
  }

  private static BpfException gone(String operation, String subject, NetworkDevice device) {
    return new BpfException(
        Failure.of(operation, subject, Errno.ENODEV)
            .because("interface " + device + " (index " + device.index() + ") is gone"));
  }
}
