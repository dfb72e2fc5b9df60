package io.github.bpf4j.hook;

import io.github.bpf4j.attach.NetfilterAttachPoint;
import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.LinkCreate;
import io.github.bpf4j.libbpf.LinkInfos;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.net.NetworkNamespace;
import io.github.bpf4j.uapi.BpfProgramType;
import io.github.bpf4j.uapi.LinkTarget;
import java.util.Optional;

/** Programs on the hooks of netfilter. */
final class NetfilterHook {
  /** {@code BPF_F_NETFILTER_IP_DEFRAG}. */
  private static final int DEFRAG = 1;

  private NetfilterHook() {}

  static Attached attach(ProgramHandle program, NetfilterAttachPoint point) {
    Hook.requireType(program, point, BpfProgramType.NETFILTER);
    Optional<NetworkNamespace> namespace = point.namespace().filter(it -> !it.isCurrent());
    return namespace.isPresent()
        ? namespace.get().callUnchecked(() -> attachHere(program, point))
        : attachHere(program, point);
  }

  private static Attached attachHere(ProgramHandle program, NetfilterAttachPoint point) {
    int link =
        LinkCreate.netfilter(
            program.fd(),
            point.family(),
            point.hook().number(),
            point.priority(),
            point.isDefragmented() ? DEFRAG : 0);
    return Hook.byLink(program, point, link, errno -> refused(program, point, errno));
  }

  private static BpfException refused(
      ProgramHandle program, NetfilterAttachPoint point, int errno) {
    BpfException plain = Hook.refused(program, point, errno);
    if (errno != Errno.EBUSY && errno != Errno.EEXIST) {
      return plain;
    }
    return new BpfException(
        Failure.of(plain.operation(), plain.subject(), errno)
            .because("the priority is taken" + owner(point))
            .hint("take another priority"));
  }

  // The kernel does not say which namespace a link is of: it may be another one's.
  private static String owner(NetfilterAttachPoint point) {
    try {
      return LinkInfos.find(
              link ->
                  link.target() instanceof LinkTarget.Netfilter other
                      && other.family() == point.family()
                      && other.hook() == point.hook().number()
                      && other.priority() == point.priority())
          .map(
              link ->
                  ": "
                      + new Owners().of(link.programId(), link.id()).describe("", "netfilter")
                      + ", here or in another namespace")
          .orElse("");
    } catch (BpfException e) {
      return ""; // without CAP_SYS_ADMIN
    }
  }
}
