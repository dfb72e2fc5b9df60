package io.github.bpf4j.hook;

import io.github.bpf4j.attach.XdpAttachPoint;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.XdpNetlink;
import io.github.bpf4j.libbpf.XdpQuery;
import org.jspecify.annotations.Nullable;

/** XDP by netlink: one program of a mode on a device. */
final class XdpPlace implements HookAttached.Place {
  private final XdpAttachPoint point;
  private @Nullable XdpQuery query;

  XdpPlace(XdpAttachPoint point) {
    this.point = point;
  }

  @Override
  public boolean detach(ProgramHandle program) {
    return XdpHook.detach(point.device(), point.mode(), program.fd(), program.id());
  }

  @Override
  public boolean holds(ProgramHandle program) {
    if (query == null) {
      query = new XdpQuery(point.device().index());
    }
    int result = query.ask();
    if (result == -Errno.ENODEV) {
      return false;
    }
    if (result < 0) {
      throw XdpFailure.querying(point.device(), -result);
    }
    return XdpHook.programId(query, point.mode()) == program.id();
  }

  @Override
  public void replace(ProgramHandle program, ProgramHandle next) {
    int result =
        XdpNetlink.attach(point.device().index(), next.fd(), point.mode().flag(), program.fd());
    if (result < 0) {
      throw XdpFailure.attaching(next.name(), point.replacing(program.id()), -result);
    }
  }

  @Override
  public void close() {
    if (query != null) {
      query.close();
    }
  }

  @Override
  public String toString() {
    return point.toString();
  }
}
