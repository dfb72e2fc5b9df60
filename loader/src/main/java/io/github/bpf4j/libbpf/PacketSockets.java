package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.bindings.sockaddr_ll;
import io.github.bpf4j.uapi.Capability;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code packet(7)}: raw frames onto a device. Takes CAP_NET_RAW. */
public final class PacketSockets {
  /** Protocol 0: the socket sends and never receives. */
  private static final int SEND_ONLY = 0;

  private PacketSockets() {}

  /** Opens a socket that sends out of one device. */
  public static Fd open(int ifindex, String device) {
    return CapturedErrno.with(
        (arena, errno) -> {
          int type = libc_h.SOCK_RAW() | libc_h.SOCK_CLOEXEC();
          int opened = (int) Handles.SOCKET.invokeExact(errno, libc_h.AF_PACKET(), type, SEND_ONLY);
          int fd =
              CapturedErrno.check(opened, errno, "open", "a packet socket", Capability.NET_RAW);
          Fd socket = new Fd(fd, "packet socket on " + device);
          try {
            bind(socket, ifindex, device, arena, errno);
            return socket;
          } catch (RuntimeException | Error e) {
            socket.close();
            throw e;
          }
        });
  }

  private static void bind(Fd socket, int ifindex, String device, Arena arena, MemorySegment errno)
      throws Throwable {
    MemorySegment address = sockaddr_ll.allocate(arena);
    sockaddr_ll.sll_family(address, (short) libc_h.AF_PACKET());
    sockaddr_ll.sll_ifindex(address, ifindex);
    int bound =
        (int) Handles.BIND.invokeExact(errno, socket.number(), address, (int) sockaddr_ll.sizeof());
    int _ =
        CapturedErrno.check(
            bound, errno, "bind", "a packet socket to " + device, Capability.NET_RAW);
  }

  /**
   * Sends a frame.
   *
   * @param errno receives errno; see {@link CapturedErrno#allocate}
   * @return 0 or {@code -errno}: ENOBUFS when the device's queue is full
   */
  public static int send(Fd socket, MemorySegment frame, long length, MemorySegment errno) {
    try {
      long sent =
          (long)
              Handles.SEND.invokeExact(
                  errno, socket.number(), frame, length, libc_h.MSG_DONTWAIT());
      return sent < 0 ? -CapturedErrno.get(errno) : 0;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall handle throws no checked exception", e);
    }
  }

  private static final class Handles {
    static final MethodHandle SOCKET =
        CapturedErrno.capturing(libc_h.socket$address(), libc_h.socket$descriptor());
    static final MethodHandle BIND =
        CapturedErrno.capturing(libc_h.bind$address(), libc_h.bind$descriptor());
    static final MethodHandle SEND =
        CapturedErrno.capturing(libc_h.send$address(), libc_h.send$descriptor());
  }
}
