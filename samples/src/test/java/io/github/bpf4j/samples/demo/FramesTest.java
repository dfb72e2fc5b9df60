package io.github.bpf4j.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames, read again by the book. */
final class FramesTest {
  private static final int ADDRESSES = 12;
  private static final int VLAN = 0x8100;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int SMALLEST_ON_THE_WIRE = 60;

  private static int at(byte[] frame, int offset) {
    return Short.toUnsignedInt(ByteBuffer.wrap(frame).getShort(offset));
  }

  private static int vlanTags(byte[] frame) {
    int tags = 0;
    while (at(frame, ADDRESSES + 4 * tags) == VLAN) {
      tags++;
    }
    return tags;
  }

  private static int etherType(byte[] frame) {
    return at(frame, ADDRESSES + 4 * vlanTags(frame));
  }

  private static int payload(byte[] frame) {
    return ADDRESSES + 4 * vlanTags(frame) + 2;
  }

  @ParameterizedTest
  @EnumSource(FrameKind.class)
  void frameSaysTheProtocolThatItIsToBeCountedAs(FrameKind kind) {
    byte[] frame = kind.frame();
    int protocol =
        switch (etherType(frame)) {
          case IPV4 -> frame[payload(frame) + 9];
          case IPV6 -> frame[payload(frame) + 6];
          default -> 0;
        };
    assertEquals(kind.protocol(), Byte.toUnsignedInt((byte) protocol));
    assertTrue(kind.perRound() > 0);
  }

  @ParameterizedTest
  @EnumSource(FrameKind.class)
  void frameIsLongEnoughForEthernet(FrameKind kind) {
    assertTrue(kind.frame().length >= SMALLEST_ON_THE_WIRE, kind.frame().length + " bytes");
  }

  @ParameterizedTest
  @EnumSource(FrameKind.class)
  void addressesAreUnicast(FrameKind kind) {
    assertEquals(0, kind.frame()[0] & 1, "to");
    assertEquals(0, kind.frame()[6] & 1, "from");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void ipv4HasARightHeader(int tags) {
    byte[] frame = Frames.ipv4(Frames.UDP, tags);
    assertEquals(tags, vlanTags(frame));
    assertEquals(IPV4, etherType(frame));
    int header = payload(frame);
    assertEquals(0x45, frame[header]);
    assertEquals(frame.length - header, at(frame, header + 2), "total length");
    assertTrue(frame[header + 8] > 0, "time to live");
    int sum = IntStream.range(0, 10).map(word -> at(frame, header + 2 * word)).sum();
    assertEquals(0xffff, (sum & 0xffff) + (sum >>> 16), "a right checksum makes the sum all ones");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void ipv6HasARightHeader(int tags) {
    byte[] frame = Frames.ipv6(Frames.TCP, tags);
    assertEquals(tags, vlanTags(frame));
    assertEquals(IPV6, etherType(frame));
    int header = payload(frame);
    assertEquals(6, frame[header] >>> 4);
    int payloadLength = at(frame, header + 4);
    assertTrue(header + 40 + payloadLength <= frame.length, "the payload is cut off");
    assertTrue(frame[header + 7] > 0, "hop limit");
  }

  @Test
  void vlanTagsHaveIdsOfTheirOwn() {
    byte[] frame = Frames.ipv6(Frames.UDP, 2);
    int outer = at(frame, ADDRESSES + 2);
    int inner = at(frame, ADDRESSES + 6);
    assertTrue(outer > 0 && outer < 4095 && inner > 0 && inner < 4095 && inner != outer);
  }

  @Test
  void arpIsNotIp() {
    assertEquals(0x0806, etherType(Frames.arp()));
  }
}
