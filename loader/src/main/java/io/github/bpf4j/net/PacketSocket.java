package io.github.bpf4j.net;

import io.github.bpf4j.error.BpfException;
import io.github.bpf4j.error.Errno;
import io.github.bpf4j.error.Failure;
import io.github.bpf4j.libbpf.CapturedErrno;
import io.github.bpf4j.libbpf.Fd;
import io.github.bpf4j.libbpf.PacketSockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Sends raw Ethernet frames out of a device: what programs on the other end of a veth pair are
 * tried with. It never receives.
 *
 * <p>Needs CAP_NET_RAW. Thread safety: none; one thread at a time.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/packet.7.html">packet(7)</a>
 */
public final class PacketSocket implements AutoCloseable {
  private static final int LONGEST_FRAME = 65536;

  private final NetworkDevice device;
  private final Fd socket;
  private final MemorySegment buffer = Arena.ofAuto().allocate(LONGEST_FRAME);
  private final MemorySegment errno = CapturedErrno.allocate(Arena.ofAuto());

  private PacketSocket(NetworkDevice device) {
    this.device = device;
    this.socket = PacketSockets.open(device.index(), device.name());
  }

  /**
   * Opens a socket on a device of the calling thread's network namespace; it may then be used from
   * any thread.
   *
   * @throws io.github.bpf4j.error.BpfPermissionException without CAP_NET_RAW
   */
  public static PacketSocket on(NetworkDevice device) {
    return new PacketSocket(device);
  }

  /**
   * Sends a frame.
   *
   * @param frame from the destination address on, without checksum: at least 14 bytes, at most
   *     65536
   * @return false when the device's queue is full and took nothing
   * @throws BpfException when the device is down or gone, or refuses the frame
   */
  public boolean send(byte[] frame) {
    MemorySegment.copy(frame, 0, buffer, ValueLayout.JAVA_BYTE, 0, frame.length);
    socket.lease().acquire();
    try {
      int result = PacketSockets.send(socket, buffer, frame.length, errno);
      if (result == -Errno.ENOBUFS || result == -Errno.EAGAIN) {
        return false;
      }
      if (result < 0) {
        throw new BpfException(
            Failure.of("send", "a frame of " + frame.length + " bytes to " + device, -result));
      }
      return true;
    } finally {
      socket.lease().release();
    }
  }

  /**
   * The file descriptor, for calls that bpf4j does not make. It is this socket's: do not close it,
   * do not use it after the socket is closed.
   */
  public int fd() {
    return socket.number();
  }

  /** Whether it was not closed yet. */
  public boolean isOpen() {
    return !socket.lease().isClosed();
  }

  /** Closes the socket; idempotent. */
  @Override
  public void close() {
    socket.close();
  }
}
