package io.github.bpf4j.hook;

import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.KernelObjects;
import io.github.bpf4j.libbpf.Links;
import io.github.bpf4j.libbpf.ProgramHandle;

/** XDP by {@code bpf_link}: gone when the link's last file descriptor is closed. */
final class XdpLinkAttached implements Attached {
  private final ProgramHandle program;
  private final XdpAttachPoint point;
  private final Fd link;

  XdpLinkAttached(ProgramHandle program, XdpAttachPoint point, Fd link) {
    this.program = program;
    this.point = point;
    this.link = link;
  }

  @Override
  public boolean detach() {
    boolean attached = isAttached();
    if (attached) {
      // Closing is not enough when somebody pinned the link or holds it open.
      int result = Links.detach(link.number());
      if (result < 0 && result != -Errno.EOPNOTSUPP) {
        throw XdpFailure.detaching(point.device(), -result);
      }
    }
    link.close();
    return attached;
  }

  @Override
  public boolean isAttached() {
    link.lease().acquire();
    try {
      return KernelObjects.xdpLinkIfindex(link.number()) == point.device().index();
    } finally {
      link.lease().release();
    }
  }

  @Override
  public void leave() {
    throw new IllegalStateException(
        describe() + " is held by a bpf_link, which goes with this process: attach via netlink");
  }

  @Override
  public void release() {
    link.close();
    program.lease().release();
  }

  @Override
  public String describe() {
    return program.name() + " on " + point;
  }
}
