package io.github.bpf4j.hook;

import io.github.bpf4j.attach.SocketAttachPoint;
import io.github.bpf4j.attach.SocketAttachPoint.Role;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.libbpf.ProgramHandle;
import io.github.bpf4j.libbpf.Results;
import io.github.bpf4j.libbpf.Sockets;
import io.github.bpf4j.uapi.BpfProgramType;

/** Programs of one socket, or of those that share a port. */
final class SocketHook {
  private SocketHook() {}

  static Attached attach(ProgramHandle program, SocketAttachPoint point) {
    if (point.role() == Role.FILTER) {
      Hook.requireType(program, point, BpfProgramType.SOCKET_FILTER);
    } else {
      Hook.requireType(program, point, BpfProgramType.SK_REUSEPORT, BpfProgramType.SOCKET_FILTER);
    }
    int result = put(program, point);
    if (result < 0) {
      throw Hook.refused(program, point, -result);
    }
    return new HookAttached(program, new SocketPlace(point));
  }

  private static int put(ProgramHandle program, SocketAttachPoint point) {
    return point.role() == Role.FILTER
        ? Sockets.attachFilter(point.fd(), program.fd())
        : Sockets.attachReuseport(point.fd(), program.fd());
  }

  /** A socket tells nobody which program it has; it is its owner's. */
  private record SocketPlace(SocketAttachPoint point) implements HookAttached.Place {
    @Override
    public boolean detach(ProgramHandle program) {
      if (!point.isOpen()) {
        return false;
      }
      int result =
          point.role() == Role.FILTER
              ? Sockets.detachFilter(point.fd())
              : Sockets.detachReuseport(point.fd());
      if (result == -Errno.ENOENT || result == -Errno.EBADF) {
        return false;
      }
      if (result < 0) {
        throw Results.failed("detach", program.name() + " from " + point, -result);
      }
      return true;
    }

    @Override
    public boolean holds(ProgramHandle program) {
      return point.isOpen();
    }

    @Override
    public void replace(ProgramHandle program, ProgramHandle next) {
      int result = put(next, point);
      if (result < 0) {
        throw Results.failed("update", program.name() + " on " + point, -result);
      }
    }

    @Override
    public void close() {
      // The socket is its owner's.
    }

    @Override
    public String toString() {
      return point.toString();
    }
  }
}
