package io.github.bpf4j.libbpf;

import io.github.bpf4j.bindings.ifinfomsg;
import io.github.bpf4j.bindings.nlattr;
import io.github.bpf4j.bindings.nlmsgerr;
import io.github.bpf4j.bindings.nlmsghdr;
import io.github.bpf4j.bindings.uapi_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Asks {@code rtnetlink(7)} which XDP programs are on one device, of the network namespace in which
 * this is made, whichever thread asks later.
 *
 * <pre>
 *   request  | nlmsghdr RTM_GETLINK | ifinfomsg: ifindex | IFLA_EXT_MASK: no statistics |
 *   answer   | nlmsghdr RTM_NEWLINK | ifinfomsg | … | IFLA_XDP [ IFLA_XDP_DRV_PROG_ID … ] | … |
 * </pre>
 *
 * <p>An ask is two system calls, none of them {@code bpf(2)}, and allocates nothing; {@code
 * bpf_xdp_query} of libbpf makes a socket each time and reads all devices. Needs no capability.
 *
 * <p>Thread safety: one thread at a time.
 */
public final class XdpQuery implements AutoCloseable {
  /** Far more than what the kernel tells of a device without its statistics and functions. */
  private static final int BUFFER = 32 << 10;

  private static final long HEADERS = nlmsghdr.sizeof() + ifinfomsg.sizeof();
  private static final long ATTRIBUTE = nlattr.sizeof() + Integer.BYTES;

  private final Fd socket = Netlink.open();
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment errno = CapturedErrno.allocate(arena);
  private final MemorySegment request = arena.allocate(HEADERS + ATTRIBUTE, Long.BYTES);
  private final MemorySegment answer = arena.allocate(BUFFER, Long.BYTES);
  private int nativeProgram;
  private int skbProgram;
  private int hwProgram;

  /**
   * Prepares the question.
   *
   * @throws io.github.bpf4j.error.BpfException when there are no descriptors left for a socket
   */
  public XdpQuery(int ifindex) {
    nlmsghdr.nlmsg_len(request, (int) request.byteSize());
    nlmsghdr.nlmsg_type(request, (short) uapi_h.RTM_GETLINK());
    nlmsghdr.nlmsg_flags(request, (short) uapi_h.NLM_F_REQUEST());
    ifinfomsg.ifi_index(request.asSlice(nlmsghdr.sizeof()), ifindex);
    MemorySegment mask = request.asSlice(HEADERS);
    nlattr.nla_len(mask, (short) ATTRIBUTE);
    nlattr.nla_type(mask, (short) uapi_h.IFLA_EXT_MASK());
    mask.set(ValueLayout.JAVA_INT, nlattr.sizeof(), uapi_h.RTEXT_FILTER_SKIP_STATS());
  }

  /** Asks the kernel. 0 or {@code -errno}: ENODEV when the device is not in the namespace. */
  public int ask() {
    nativeProgram = 0;
    skbProgram = 0;
    hwProgram = 0;
    socket.lease().acquire();
    try {
      int result = Netlink.send(socket, request, errno);
      return result < 0 ? result : understand(Netlink.receive(socket, answer, errno));
    } finally {
      socket.lease().release();
    }
  }

  private int understand(int received) {
    if (received < 0) {
      return received;
    }
    if (Short.toUnsignedInt(nlmsghdr.nlmsg_type(answer)) == uapi_h.NLMSG_ERROR()) {
      return nlmsgerr.error(answer.asSlice(nlmsghdr.sizeof()));
    }
    long end = Math.min(received, nlmsghdr.nlmsg_len(answer));
    long xdp = find(uapi_h.IFLA_XDP(), HEADERS, end);
    if (xdp != 0) {
      long first = xdp + nlattr.sizeof();
      long last = xdp + length(xdp);
      nativeProgram = number(find(uapi_h.IFLA_XDP_DRV_PROG_ID(), first, last));
      skbProgram = number(find(uapi_h.IFLA_XDP_SKB_PROG_ID(), first, last));
      hwProgram = number(find(uapi_h.IFLA_XDP_HW_PROG_ID(), first, last));
    }
    return 0;
  }

  // Offsets, not slices: these would be allocated.
  private long find(int type, long first, long end) {
    long attribute = first;
    while (attribute + nlattr.sizeof() <= end) {
      if ((answer.get(ValueLayout.JAVA_SHORT, attribute + nlattr.nla_type$offset()) & Netlink.TYPE)
          == type) {
        return attribute;
      }
      attribute += Netlink.align(Math.max(length(attribute), nlattr.sizeof()));
    }
    return 0;
  }

  private int length(long attribute) {
    return Short.toUnsignedInt(
        answer.get(ValueLayout.JAVA_SHORT, attribute + nlattr.nla_len$offset()));
  }

  private int number(long attribute) {
    return attribute == 0 ? 0 : answer.get(ValueLayout.JAVA_INT, attribute + nlattr.sizeof());
  }

  /** Id of the program in native mode when it was last asked, 0 for none. */
  public int nativeProgram() {
    return nativeProgram;
  }

  /** Id of the program in skb mode when it was last asked, 0 for none. */
  public int skbProgram() {
    return skbProgram;
  }

  /** Id of the program in hardware when it was last asked, 0 for none. */
  public int hwProgram() {
    return hwProgram;
  }

  @Override
  public void close() {
    socket.close();
  }
}
