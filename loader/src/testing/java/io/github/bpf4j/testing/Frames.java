package io.github.bpf4j.testing;

import java.nio.ByteBuffer;

/** Ethernet frames of 64 bytes whose headers are what XDP programs look at; the rest is zeros. */
public final class Frames {
  private static final int SIZE = 64;
  private static final int TAG_SIZE = 4;
  private static final int ETHERTYPE = 12;
  private static final short VLAN = (short) 0x8100;
  private static final short IPV4 = 0x0800;
  private static final short IPV6 = (short) 0x86dd;
  private static final short ARP = 0x0806;

  private Frames() {}

  public static byte[] ipv4(int protocol) {
    byte[] frame = ethernet(IPV4);
    frame[14] = 0x45;
    frame[23] = (byte) protocol;
    return frame;
  }

  public static byte[] ipv6(int nextHeader) {
    byte[] frame = ethernet(IPV6);
    frame[14] = 0x60;
    frame[20] = (byte) nextHeader;
    return frame;
  }

  public static byte[] arp() {
    return ethernet(ARP);
  }

  /** The same frame below one more VLAN tag. */
  public static byte[] tagged(byte[] frame) {
    return ByteBuffer.allocate(frame.length + TAG_SIZE)
        .put(frame, 0, ETHERTYPE)
        .putShort(VLAN)
        .putShort((short) 1)
        .put(frame, ETHERTYPE, frame.length - ETHERTYPE)
        .array();
  }

  private static byte[] ethernet(short ethertype) {
    // Locally administered unicast addresses, which are no device's: no stack answers.
    return ByteBuffer.allocate(SIZE)
        .putShort((short) 0x0200)
        .putInt(2)
        .putShort((short) 0x0200)
        .putInt(1)
        .putShort(ethertype)
        .array();
  }
}
