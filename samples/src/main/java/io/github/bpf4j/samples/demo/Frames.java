package io.github.bpf4j.samples.demo;

import java.nio.ByteBuffer;

/**
 * Ethernet frames of 64 bytes and more, with addresses from the documentation ranges. Payloads are
 * zeros; what counts is that each header is where XDP programs look for it.
 *
 * <pre>
 *   | dst 6 | src 6 | [0x8100 tag 4]… | ethertype 2 | IPv4 20 or IPv6 40 | payload |
 * </pre>
 */
final class Frames {
  /** xdp1 counts what it cannot parse under 0. */
  static final int NOT_IP = 0;

  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMPV6 = 58;
  static final int SCTP = 132;

  private static final int SMALLEST = 64;
  private static final int LARGEST_HEADERS = 14 + 2 * 4 + 40;

  private static final short VLAN = (short) 0x8100;
  private static final short IPV4 = 0x0800;
  private static final short IPV6 = (short) 0x86dd;
  private static final short ARP = 0x0806;

  private static final int FIRST_VLAN_ID = 100;
  private static final byte TTL = 64;
  private static final int FROM_V4 = 0xc0000201; // 192.0.2.1
  private static final int TO_V4 = 0xc0000202;
  private static final long PREFIX_V6 = 0x20010db800000000L; // 2001:db8::/64

  private Frames() {}

  /** IPv4, below so many VLAN tags. */
  static byte[] ipv4(int protocol, int vlanTags) {
    ByteBuffer frame = ethernet(IPV4, vlanTags);
    int packet = SMALLEST - frame.position();
    frame.put((byte) 0x45).put((byte) 0).putShort((short) packet);
    frame.putShort((short) 0).putShort((short) 0);
    int checksum = frame.position() + 2;
    frame.put(TTL).put((byte) protocol).putShort((short) 0).putInt(FROM_V4).putInt(TO_V4);
    frame.putShort(checksum, checksum(frame, frame.position() - 20));
    return bytes(frame);
  }

  /** IPv6, below so many VLAN tags. */
  static byte[] ipv6(int nextHeader, int vlanTags) {
    ByteBuffer frame = ethernet(IPV6, vlanTags);
    frame.putInt(0x60000000).putShort((short) 8).put((byte) nextHeader).put(TTL);
    frame.putLong(PREFIX_V6).putLong(1).putLong(PREFIX_V6).putLong(2).putLong(0);
    return bytes(frame);
  }

  /** Something that is not IP. */
  static byte[] arp() {
    return bytes(ethernet(ARP, 0));
  }

  private static ByteBuffer ethernet(short type, int vlanTags) {
    ByteBuffer frame = ByteBuffer.allocate(LARGEST_HEADERS + SMALLEST);
    // Locally administered addresses; unicast, so that the other end's stack drops them early.
    frame.putShort((short) 0x0200).putInt(2).putShort((short) 0x0200).putInt(1);
    for (int tag = 0; tag < vlanTags; tag++) {
      frame.putShort(VLAN).putShort((short) (FIRST_VLAN_ID + tag));
    }
    return frame.putShort(type);
  }

  /** The header checksum of IPv4: ones' complement of the ones' complement sum of 16-bit words. */
  private static short checksum(ByteBuffer frame, int header) {
    int sum = 0;
    for (int offset = header; offset < header + 20; offset += 2) {
      sum += Short.toUnsignedInt(frame.getShort(offset));
    }
    sum = (sum & 0xffff) + (sum >>> 16);
    return (short) ~((sum & 0xffff) + (sum >>> 16));
  }

  private static byte[] bytes(ByteBuffer frame) {
    byte[] bytes = new byte[Math.max(SMALLEST, frame.position())];
    frame.get(0, bytes);
    return bytes;
  }
}
