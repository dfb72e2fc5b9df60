package io.github.bpf4j.codec;

import java.util.HexFormat;

/**
 * A MAC address.
 *
 * @param bits its 48 bits, the first byte on the wire uppermost
 */
public record MacAddress(long bits) {
  /** Bytes of an address: {@code ETH_ALEN} of {@code linux/if_ether.h}. */
  public static final int BYTES = 6;

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  /**
   * @throws IllegalArgumentException when more than 48 bits are set
   */
  public MacAddress {
    if (bits >>> (BYTES * Byte.SIZE) != 0) {
      throw new IllegalArgumentException(
          Long.toHexString(bits) + " has more than the 48 bits of a MAC address");
    }
  }

  /**
   * Reads the usual form.
   *
   * @param text such as {@code "52:54:00:12:34:56"}
   * @throws IllegalArgumentException when it is no such thing
   */
  public static MacAddress parse(String text) {
    byte[] bytes;
    try {
      bytes = COLONS.parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no MAC address: " + text, e);
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("no MAC address: " + text);
    }
    long bits = 0;
    for (byte octet : bytes) {
      bits = bits << Byte.SIZE | (octet & 0xff);
    }
    return new MacAddress(bits);
  }

  /** Such as {@code "52:54:00:12:34:56"}. */
  @Override
  public String toString() {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = (byte) (bits >>> ((BYTES - 1 - i) * Byte.SIZE));
    }
    return COLONS.formatHex(bytes);
  }
}
