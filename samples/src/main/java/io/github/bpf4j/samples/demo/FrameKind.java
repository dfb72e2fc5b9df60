package io.github.bpf4j.samples.demo;

/** The kinds of frame that the demo sends, what each is to be counted as, and how many of them. */
enum FrameKind {
  TCP_IPV4(Frames.TCP, 40, Frames.ipv4(Frames.TCP, 0)),
  TCP_IPV6(Frames.TCP, 8, Frames.ipv6(Frames.TCP, 0)),
  UDP_IPV4(Frames.UDP, 25, Frames.ipv4(Frames.UDP, 0)),
  UDP_IPV4_VLAN(Frames.UDP, 7, Frames.ipv4(Frames.UDP, 1)),
  UDP_IPV6_TWO_VLANS(Frames.UDP, 3, Frames.ipv6(Frames.UDP, 2)),
  ICMP(Frames.ICMP, 5, Frames.ipv4(Frames.ICMP, 0)),
  ICMPV6(Frames.ICMPV6, 4, Frames.ipv6(Frames.ICMPV6, 0)),
  SCTP(Frames.SCTP, 2, Frames.ipv4(Frames.SCTP, 0)),
  ARP(Frames.NOT_IP, 1, Frames.arp());

  private final int protocol;
  private final int perRound;

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
  private final byte[] frame;

  FrameKind(int protocol, int perRound, byte[] frame) {
    this.protocol = protocol;
    this.perRound = perRound;
    this.frame = frame;
  }

  /** The IP protocol that xdp1 counts it as. */
  int protocol() {
    return protocol;
  }

  /** How many of them a round of traffic has. */
  int perRound() {
    return perRound;
  }

  /** The bytes; not to be changed. */
  byte[] frame() {
    return frame;
  }
}
