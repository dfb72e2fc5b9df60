package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.libc_h;
import io.github.bpf4j.bindings.nlattr;
import io.github.bpf4j.bindings.nlmsgerr;
import io.github.bpf4j.bindings.nlmsghdr;
import io.github.bpf4j.bindings.uapi_h;
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
  private static final int TYPE = 0x3fff;

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
          int kind = libc_h.SOCK_RAW() | libc_h.SOCK_CLOEXEC();
          int fd =
              (int)
                  Handles.SOCKET.invokeExact(
                      errno, libc_h.AF_NETLINK(), kind, uapi_h.NETLINK_ROUTE());
          if (fd < 0) {
            return -CapturedErrno.get(errno);
          }
          try (Fd socket = new Fd(fd, "netlink socket")) {
            MemorySegment request = request(type, header, arena);
            long sent =
                (long)
                    Handles.SEND.invokeExact(
                        errno, socket.number(), request, request.byteSize(), 0);
            if (sent < 0) {
              return -CapturedErrno.get(errno);
            }
            return receive(socket, answer, arena, errno);
          }
        });
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

  private static int receive(
      Fd socket, Consumer<MemorySegment> answer, Arena arena, MemorySegment errno)
      throws Throwable {
    MemorySegment buffer = arena.allocate(BUFFER, Long.BYTES);
    while (true) {
      long received =
          (long) Handles.RECV.invokeExact(errno, socket.number(), buffer, buffer.byteSize(), 0);
      if (received < 0) {
        return -CapturedErrno.get(errno);
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

  private static long align(long length) {
    return Math.ceilDiv(length, ALIGNMENT) * ALIGNMENT;
  }

  private static final class Handles {
    static final MethodHandle SOCKET =
        CapturedErrno.capturing(libc_h.socket$address(), libc_h.socket$descriptor());
    static final MethodHandle SEND =
        CapturedErrno.capturing(libc_h.send$address(), libc_h.send$descriptor());
    static final MethodHandle RECV =
        CapturedErrno.capturing(libc_h.recv$address(), libc_h.recv$descriptor());
  }
}
