package io.github.bpf4j.hook;

import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.XdpNetlink;
import io.github.bpf4j.net.NetworkNamespace;
import java.util.function.BooleanSupplier;

/**
 * XDP by netlink: the device holds the program, whether or not this process lives. An ifindex means
 * something in its own network namespace only, so all that is asked of the kernel is asked there,
 * whichever thread asks.
 */
final class XdpNetlinkAttached implements Attached {
  private final ProgramHandle program;
  private final XdpAttachPoint point;
  private final int programId;
  private final XdpNetlink.Query query = new XdpNetlink.Query();
  private final NetworkNamespace home = NetworkNamespace.current();
  private final Thread attacher = Thread.currentThread();

  XdpNetlinkAttached(ProgramHandle program, int programId, XdpAttachPoint point) {
    this.program = program;
    this.point = point;
    this.programId = programId;
  }

  @Override
  public boolean detach() {
    return atHome(() -> XdpHook.detach(point.device(), point.mode(), program.fd(), programId));
  }

  @Override
  public synchronized boolean isAttached() {
    return atHome(this::ask);
  }

  private boolean ask() {
    int result = query.ask(point.device().index());
    if (result == -Errno.ENODEV) {
      return false;
    }
    if (result < 0) {
      throw XdpFailure.querying(point.device(), -result);
    }
    return XdpHook.programId(query, point.mode()) == programId;
  }

  // The thread that attached is at home, and asking who is would allocate at each poll.
  private boolean atHome(BooleanSupplier question) {
    boolean there = Thread.currentThread().equals(attacher) || home.isCurrent();
    return there ? question.getAsBoolean() : home.callUnchecked(question::getAsBoolean);
  }

  @Override
  public void leave() {
    // Nothing to do: the device holds the program.
  }

  @Override
  public void release() {
    home.close();
    program.lease().release();
  }

  @Override
  public String describe() {
    return program.name() + " on " + point;
  }
}
