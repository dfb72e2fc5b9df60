package io.github.bpf4j.attach;

import io.github.bpf4j.net.ChannelDescriptor;
import io.github.bpf4j.net.PacketSocket;
import java.nio.channels.NetworkChannel;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * A socket of this process: what it receives goes through the program first ({@code SO_ATTACH_BPF},
 * a socket filter), or, of sockets that share a port, the program says which of them gets it
 * ({@code SO_ATTACH_REUSEPORT_EBPF}).
 *
 * <pre>{@code
 * SocketAttachPoint.filter(channel)         // a channel of java.nio
 * SocketAttachPoint.filter(packetSocket)
 * SocketAttachPoint.filterFd(fd)
 * SocketAttachPoint.reuseport(channel)      // after setOption(SO_REUSEPORT, true) and bind
 * }</pre>
 *
 * <p>Programs are of type {@code SOCKET_FILTER} (section {@code "socket"}), or for {@code
 * reuseport} also {@code SK_REUSEPORT} (section {@code "sk_reuseport"}). A socket has one program
 * of each kind; the kernel does not tell which, so another is replaced without notice: a socket is
 * its owner's. Attaching needs no capability. The socket holds the program: it goes with the
 * socket.
 *
 * <p>A channel's descriptor is the JDK's secret: it takes {@code
 * --add-exports=java.base/sun.nio.ch=io.github.bpf4j.loader} (on the class path: {@code
 * =ALL-UNNAMED}).
 *
 * <p>Immutable.
 */
public final class SocketAttachPoint implements AttachPoint {
  /** What the program decides. */
  public enum Role {
    /** How much of a packet the socket gets, if anything. */
    FILTER,
    /** Which socket of those that share a port gets it. */
    REUSEPORT
  }

  private final int fd;
  private final Role role;
  private final String socket;
  private final BooleanSupplier isOpen;

  private SocketAttachPoint(int fd, Role role, String socket, BooleanSupplier isOpen) {
    this.fd = fd;
    this.role = role;
    this.socket = socket;
    this.isOpen = isOpen;
  }

  /**
   * What a channel receives.
   *
   * @throws io.github.bpf4j.error.BpfUnsupportedException without {@code --add-exports}, naming it
   */
  public static SocketAttachPoint filter(NetworkChannel channel) {
    return of(channel, Role.FILTER);
  }

  /** What a packet socket receives. */
  public static SocketAttachPoint filter(PacketSocket socket) {
    return new SocketAttachPoint(socket.fd(), Role.FILTER, "packet socket", socket::isOpen);
  }

  /**
   * What the socket of a descriptor receives.
   *
   * @param fd has to stay open until the link is closed
   */
  public static SocketAttachPoint filterFd(int fd) {
    return new SocketAttachPoint(fd, Role.FILTER, "socket fd " + fd, () -> true);
  }

  /**
   * The sockets that share a channel's port.
   *
   * @throws io.github.bpf4j.error.BpfUnsupportedException without {@code --add-exports}, naming it
   */
  public static SocketAttachPoint reuseport(NetworkChannel channel) {
    return of(channel, Role.REUSEPORT);
  }

  /**
   * The sockets that share the port of a descriptor's socket.
   *
   * @param fd has to stay open until the link is closed
   */
  public static SocketAttachPoint reuseportFd(int fd) {
    return new SocketAttachPoint(fd, Role.REUSEPORT, "socket fd " + fd, () -> true);
  }

  private static SocketAttachPoint of(NetworkChannel channel, Role role) {
    int fd = ChannelDescriptor.of(channel);
    return new SocketAttachPoint(fd, role, "channel " + channel, channel::isOpen);
  }

  /** The socket's descriptor. */
  public int fd() {
    return fd;
  }

  /** What the program decides. */
  public Role role() {
    return role;
  }

  /** Whether the channel or packet socket is still open; of a descriptor, always true. */
  public boolean isOpen() {
    return isOpen.getAsBoolean();
  }

  /** Such as {@code "socket fd 12 (filter)"}. */
  @Override
  public String toString() {
    return socket + " (" + role.name().toLowerCase(Locale.ROOT) + ")";
  }
}
