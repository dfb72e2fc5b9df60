package io.github.bpf4j.hook;

import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.XdpNetlink;

/** XDP by netlink: the device holds the program, whether or not this process lives. */
final class XdpNetlinkAttached implements Attached {
  private final ProgramHandle program;
  private final XdpAttachPoint point;
  private final int programId;
  private final XdpNetlink.Query query = new XdpNetlink.Query();

  XdpNetlinkAttached(ProgramHandle program, int programId, XdpAttachPoint point) {
    this.program = program;
    this.point = point;
    this.programId = programId;
  }

  @Override
  public boolean detach() {
    return XdpHook.detach(point.device(), point.mode(), program.fd());
  }

  @Override
  public synchronized boolean isAttached() {
    return query.ask(point.device().index()) >= 0
        && XdpHook.programId(query, point.mode()) == programId;
  }

  @Override
  public void leave() {
    // Nothing to do: the device holds the program.
  }

  @Override
  public void release() {
    program.lease().release();
  }

  @Override
  public String describe() {
    return program.name() + " on " + point;
  }
}
