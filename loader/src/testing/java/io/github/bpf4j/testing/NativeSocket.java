package io.github.bpf4j.testing;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** A socket whose descriptor is known, as Java's own sockets do not tell theirs. */
public final class NativeSocket implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int AF_XDP = 44;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 02000000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEPORT = 15;
  private static final int SO_ATTACH_REUSEPORT_EBPF = 52;
  private static final int SO_COOKIE = 57;
  private static final int MSG_DONTWAIT = 0x40;
  private static final byte[] LOCALHOST = {127, 0, 0, 1};

  private final int fd;

  private NativeSocket(int family, int type) {
    this.fd = NativeCalls.call("socket", family, type | SOCK_CLOEXEC, 0);
  }

  public static NativeSocket udp() {
    return new NativeSocket(AF_INET, SOCK_DGRAM);
  }

  public static NativeSocket xdp() {
    return new NativeSocket(AF_XDP, SOCK_RAW);
  }

  public int fd() {
    return fd;
  }

  /** Binds to a port of 127.0.0.1; this. */
  public NativeSocket bind(int port) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(16, 4);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
      address.set(ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) port);
      MemorySegment.copy(LOCALHOST, 0, address, ValueLayout.JAVA_BYTE, 4, 4);
      NativeCalls.call("bind", fd, address, (int) address.byteSize());
    }
    return this;
  }

  /** Lets others bind to the same port; this. */
  public NativeSocket shared() {
    return set(SO_REUSEPORT, 1);
  }

  /** Lets a program choose among the sockets of a port; this. */
  public NativeSocket chooseBy(int programFd) {
    return set(SO_ATTACH_REUSEPORT_EBPF, programFd);
  }

  private NativeSocket set(int option, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_INT, value);
      NativeCalls.call("setsockopt", fd, SOL_SOCKET, option, segment, Integer.BYTES);
    }
    return this;
  }

  /** What tells the socket from all others. */
  public long cookie() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cookie = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment size = arena.allocateFrom(ValueLayout.JAVA_INT, Long.BYTES);
      NativeCalls.call("getsockopt", fd, SOL_SOCKET, SO_COOKIE, cookie, size);
      return cookie.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /** How many datagrams have come and were not counted yet. */
  public int received() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(2048);
      int count = 0;
      while (NativeCalls.invoke("recv", fd, buffer, buffer.byteSize(), MSG_DONTWAIT) >= 0) {
        count++;
      }
      return count;
    }
  }

  @Override
  public void close() {
    NativeCalls.call("close", fd);
  }
}
