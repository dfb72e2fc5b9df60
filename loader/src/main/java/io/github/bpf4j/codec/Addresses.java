package io.github.bpf4j.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/** Addresses of the network, in network byte order; no name is ever looked up. */
final class Addresses {
  private static final int INET4 = 4;
  private static final int INET6 = 16;

  private Addresses() {}

  /** Four bytes: {@code __be32}, {@code struct in_addr}. */
  record Ipv4() implements Codec<Inet4Address> {
    @Override
    public int size() {
      return INET4;
    }

    @Override
    public Inet4Address read(MemorySegment segment, long offset) {
      return (Inet4Address) Addresses.read(segment, offset, INET4);
    }

    @Override
    public void write(MemorySegment segment, long offset, Inet4Address value) {
      MemorySegment.copy(value.getAddress(), 0, segment, ValueLayout.JAVA_BYTE, offset, INET4);
    }
  }

  /** Sixteen bytes: {@code struct in6_addr}. */
  record Ipv6() implements Codec<Inet6Address> {
    @Override
    public int size() {
      return INET6;
    }

    @Override
    public Inet6Address read(MemorySegment segment, long offset) {
      try {
        // Not by InetAddress, which makes an Inet4Address of ::ffff:a.b.c.d.
        return Inet6Address.getByAddress(null, bytes(segment, offset, INET6), -1);
      } catch (UnknownHostException e) {
        throw new AssertionError("16 bytes are an address", e);
      }
    }

    @Override
    public void write(MemorySegment segment, long offset, Inet6Address value) {
      MemorySegment.copy(value.getAddress(), 0, segment, ValueLayout.JAVA_BYTE, offset, INET6);
    }
  }

  /** Six bytes. */
  record Mac() implements Codec<MacAddress> {
    private static final ValueLayout.OfInt HIGH =
        ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort LOW =
        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    @Override
    public int size() {
      return MacAddress.BYTES;
    }

    @Override
    public MacAddress read(MemorySegment segment, long offset) {
      long low = Short.toUnsignedLong(segment.get(LOW, offset + Integer.BYTES));
      return new MacAddress(Integer.toUnsignedLong(segment.get(HIGH, offset)) << Short.SIZE | low);
    }

    @Override
    public void write(MemorySegment segment, long offset, MacAddress value) {
      segment.set(HIGH, offset, (int) (value.bits() >>> Short.SIZE));
      segment.set(LOW, offset + Integer.BYTES, (short) value.bits());
    }
  }

  /** The length of a prefix, then the address. */
  record Lpm<T>(Codec<T> address) implements Codec<LpmKey<T>> {
    @Override
    public int size() {
      return Integer.BYTES + address.size();
    }

    @Override
    public LpmKey<T> read(MemorySegment segment, long offset) {
      return new LpmKey<>(
          segment.get(ValueLayout.JAVA_INT_UNALIGNED, offset),
          address.read(segment, offset + Integer.BYTES));
    }

    @Override
    public void write(MemorySegment segment, long offset, LpmKey<T> value) {
      int bits = address.size() * Byte.SIZE;
      if (value.prefixLength() < 0 || value.prefixLength() > bits) {
        throw new IllegalArgumentException(
            "a prefix of " + value.prefixLength() + " bits: it must be between 0 and " + bits);
      }
      segment.set(ValueLayout.JAVA_INT_UNALIGNED, offset, value.prefixLength());
      address.write(segment, offset + Integer.BYTES, value.address());
    }
  }

  private static InetAddress read(MemorySegment segment, long offset, int size) {
    try {
      return InetAddress.getByAddress(bytes(segment, offset, size));
    } catch (UnknownHostException e) {
      throw new AssertionError(size + " bytes are an address", e);
    }
  }

  private static byte[] bytes(MemorySegment segment, long offset, int size) {
    byte[] bytes = new byte[size];
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, size);
    return bytes;
  }
}
