package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.bindings.nlattr;
import io.github.bpf4j.bindings.nlmsgerr;
import io.github.bpf4j.bindings.nlmsghdr;
import io.github.bpf4j.bindings.uapi_h;
import io.github.bpf4j.uapi.Capability;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Questions to {@code rtnetlink(7)} that libbpf does not ask.
 *
 * <pre>
 *   nlmsghdr | family's header | nlattr value | nlattr value | …     padded to 4 bytes each
 * </pre>
 */
final class Netlink {
  /** The kernel cuts its answers to what the socket's reader has room for, up to this. */
  private static final int BUFFER = 32 << 10;

  private static final int ALIGNMENT = 4;

  /** Of an attribute's type; the two bits above it are flags. */
  static final int TYPE = 0x3fff;

  private Netlink() {}

  /**
   * Asks for all objects of a kind, in the network namespace of the calling thread.
   *
   * @param type {@code RTM_GET*}
   * @param header the family's header
   * @param answer receives each object: header and attributes, valid during the call
   * @return 0 or {@code -errno}
   */
  static int dump(int type, MemorySegment header, Consumer<MemorySegment> answer) {
    return CapturedErrno.with(
        (arena, errno) -> {
          try (Fd socket = open()) {
            int result = send(socket, request(type, header, arena), errno);
            return result < 0 ? result : receiveAll(socket, answer, arena, errno);
          }
        });
  }

  /** A socket in the network namespace of the calling thread. */
  static Fd open() {
    return CapturedErrno.with(
        (_, errno) -> {
          int kind = libc_h.SOCK_RAW() | libc_h.SOCK_CLOEXEC();
          int fd =
              (int)
                  CapturedErrno.call(
                      errno,
                      libc_h.socket$address(),
                      CapturedErrno.word(libc_h.AF_NETLINK()),
                      CapturedErrno.word(kind),
                      CapturedErrno.word(uapi_h.NETLINK_ROUTE()));
          return new Fd(
              CapturedErrno.check(fd, errno, "open", "a netlink socket", Capability.NET_ADMIN),
              "netlink socket");
        });
  }

  /** Sends one request; allocates nothing. 0 or {@code -errno}. */
  static int send(Fd socket, MemorySegment request, MemorySegment errno) {
    try {
      long sent =
          (long) Handles.SEND.invokeExact(errno, socket.number(), request, request.byteSize(), 0);
      return sent < 0 ? -CapturedErrno.get(errno) : 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Receives what fits into the buffer; allocates nothing. How much that is, or {@code -errno}. */
  static int receive(Fd socket, MemorySegment buffer, MemorySegment errno) {
    try {
      long received =
          (long) Handles.RECV.invokeExact(errno, socket.number(), buffer, buffer.byteSize(), 0);
      return received < 0 ? -CapturedErrno.get(errno) : (int) received;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static Error unexpected(Throwable thrown) {
    switch (thrown) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError("a downcall handle throws no checked exception", thrown);
    }
  }

  private static MemorySegment request(int type, MemorySegment header, Arena arena) {
    long length = nlmsghdr.sizeof() + header.byteSize();
    MemorySegment request = arena.allocate(length, Long.BYTES);
    nlmsghdr.nlmsg_len(request, (int) length);
    nlmsghdr.nlmsg_type(request, (short) type);
    nlmsghdr.nlmsg_flags(request, (short) (uapi_h.NLM_F_REQUEST() | uapi_h.NLM_F_DUMP()));
    request.asSlice(nlmsghdr.sizeof()).copyFrom(header);
    return request;
  }

  private static int receiveAll(
      Fd socket, Consumer<MemorySegment> answer, Arena arena, MemorySegment errno) {
    MemorySegment buffer = arena.allocate(BUFFER, Long.BYTES);
    while (true) {
      int received = receive(socket, buffer, errno);
      if (received < 0) {
        return received;
      }
      long position = 0;
      while (position + nlmsghdr.sizeof() <= received) {
        MemorySegment message = buffer.asSlice(position, received - position);
        int length = nlmsghdr.nlmsg_len(message);
        int type = Short.toUnsignedInt(nlmsghdr.nlmsg_type(message));
        MemorySegment body = message.asSlice(nlmsghdr.sizeof(), length - nlmsghdr.sizeof());
        if (type == uapi_h.NLMSG_DONE()) {
          return 0;
        }
        if (type == uapi_h.NLMSG_ERROR()) {
          return nlmsgerr.error(body);
        }
        answer.accept(body);
        position += align(length);
      }
    }
  }

  /** The attributes behind a header, by type; valid as long as the segment. */
  static Map<Integer, MemorySegment> attributes(MemorySegment behindHeader) {
    Map<Integer, MemorySegment> attributes = new HashMap<>();
    long position = 0;
    while (position + nlattr.sizeof() <= behindHeader.byteSize()) {
      MemorySegment attribute = behindHeader.asSlice(position);
      int length = Short.toUnsignedInt(nlattr.nla_len(attribute));
      attributes.put(
          nlattr.nla_type(attribute) & TYPE,
          attribute.asSlice(nlattr.sizeof(), length - nlattr.sizeof()));
      position += align(length);
    }
    return attributes;
  }

  /** Where what follows begins. */
  static long align(long length) {
    return Math.ceilDiv(length, ALIGNMENT) * ALIGNMENT;
  }

  private static final class Handles {
    static final MethodHandle SEND =
        CapturedErrno.capturing(libc_h.send$address(), libc_h.send$descriptor());
    static final MethodHandle RECV =
        CapturedErrno.capturing(libc_h.recv$address(), libc_h.recv$descriptor());
  }
}
